#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/spool/spool_file.hpp"

namespace pinrelay::cli {

// What the commands of `pinrelay spool` may be told; each takes some of it.
struct SpoolOptions {
    std::optional<std::filesystem::path> config_file;
    std::optional<std::filesystem::path> data_dir;

    // filters
    std::string account;
    std::string reason;
    std::string event_name;
    std::string older_than;  // a duration that has been checked
    std::string newer_than;
    std::vector<std::int64_t> numbers;
    bool all = false;

    std::size_t limit = 50;
    std::int64_t number = 0;
    bool dry_run = false;
    std::optional<std::filesystem::path> file;
};

// Where the store is: the configuration's word, whatever else is wrong with that, unless the option says it.
std::filesystem::path spool_directory(const SpoolOptions& options);

// "549…" is an account of Pinterest; a name with its platform is taken as it is.
std::string destination_name(const std::string& account);

spool::Selection selection_of(const SpoolOptions& options, Time now);

// Throws std::runtime_error where neither a filter nor --all says which letters are meant: what changes many at once
// must not be a slip.
void require_filter(const SpoolOptions& options);

}  // namespace pinrelay::cli
