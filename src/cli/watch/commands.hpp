#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "cli/commands.hpp"

namespace CLI {
class App;
}

namespace pinrelay::cli {

// What `pinrelay tail`, `status` and `top` may be told; each takes some of it.
struct WatchOptions {
    Options of_config;
    std::string event;
    std::string account;
    std::vector<std::string> statuses;
    bool json = false;
    unsigned every = 2;  // seconds
};

// Adds the three commands; parsing one puts what is to be done into `command`. All are lent.
void add_watch_commands(CLI::App& app, WatchOptions& options, std::function<int()>& command);

// Each gives the process's exit code; what it throws is printed as one line by the caller.
int tail(const WatchOptions& options);
int status(const WatchOptions& options);
int top(const WatchOptions& options);

}  // namespace pinrelay::cli
