#pragma once

#include <functional>

#include "options.hpp"

namespace CLI {
class App;
}

namespace pinrelay::cli {

// Adds `spool` with its own commands; parsing one puts what is to be done into `command`. Both are lent.
void add_spool_commands(CLI::App& app, SpoolOptions& options, std::function<int()>& command);

// Each gives the process's exit code; what it throws is printed as one line by the caller.
int spool_stats(const SpoolOptions& options);
int spool_list(const SpoolOptions& options);
int spool_show(const SpoolOptions& options);
int spool_export(const SpoolOptions& options);
int spool_replay(const SpoolOptions& options);
int spool_purge(const SpoolOptions& options);
int spool_check(const SpoolOptions& options);
int spool_salvage(const SpoolOptions& options);

}  // namespace pinrelay::cli
