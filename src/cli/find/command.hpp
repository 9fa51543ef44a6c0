#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "pinrelay/spool/journal.hpp"

namespace CLI {
class App;
}

namespace pinrelay::cli {

struct FindOptions {
    std::optional<std::filesystem::path> config_file;
    std::optional<std::filesystem::path> data_dir;
    std::string event_id;
    std::string order;
    std::size_t last = 20;
    bool json = false;
};

// Adds `find`; parsing it puts what is to be done into `command`. Both are lent.
void add_find_command(CLI::App& app, FindOptions& options, std::function<int()>& command);

// For people. `has_journal`: whether the relay is configured to keep one.
std::string found_text(const spool::JournalQuestion& question, const spool::FoundEvents& found, bool has_journal);

}  // namespace pinrelay::cli
