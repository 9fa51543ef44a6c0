#pragma once

#include <filesystem>
#include <optional>

namespace pinrelay::cli {

// The exit code of a command that could not start, or could not do what it is for.
inline constexpr int could_not_start = 2;

struct Options {
    std::optional<std::filesystem::path> file;
    bool ready = false;             // health only
    bool online = false;            // check only
    bool allow_core_dumps = false;  // serve only
    bool alarms = false;            // check only: send a test message
};

// Each gives the process's exit code; what it throws is printed as one line by the caller.
int serve(const Options& options);
int check(const Options& options);
int health(const Options& options);
int reload(const Options& options);

}  // namespace pinrelay::cli
