#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/values/rules.hpp"
#include "pinrelay/config/config.hpp"

namespace pinrelay::config {

// Where a value is put; its type says how it is written.
template <class Target>
using Member = std::variant<std::string Target::*, std::optional<std::string> Target::*,
                            std::filesystem::path Target::*, bool Target::*, std::optional<bool> Target::*,
                            unsigned Target::*, std::size_t Target::*, std::optional<PerSecond> Target::*,
                            std::chrono::milliseconds Target::*, std::vector<std::string> Target::*, Secret Target::*>;

// One thing that may be set. Defaults are those of the target's members.
template <class Target>
struct Key {
    std::string_view path;      // in the file; "collect.prefixes"
    std::string_view variable;  // of the environment; "" where there is none
    std::string_view meaning;   // one sentence; docs/configuration.md and the schema repeat it
    Member<Target> member;
    Rule rule{};
};

// An account while it is being read.
struct AccountDraft : Account {
    std::optional<std::string> token_text;
    std::optional<std::string> token_file;
    std::optional<std::string> token_variable;
    bool token_from_environment = false;
    std::optional<std::string> keys_file;
    std::optional<std::string> keys_variable;
    std::optional<std::string> signing_keys_file;
    std::optional<std::string> signing_keys_variable;
};

// Everything that can be set but `accounts`, `mapping`, `mapping.events` and an account's `mapping` and `require`,
// which hold objects. A new key is a member of Config, Mapping or AccountDraft, a row here, and its use in app. The
// tables of docs/configuration.md and config/pinrelay.schema.json are generated from the rows.
std::span<const Key<Config>> config_keys();
std::span<const Key<Mapping>> mapping_keys();       // paths are relative to "mapping"
std::span<const Key<AccountDraft>> account_keys();  // paths are relative to an account

}  // namespace pinrelay::config
