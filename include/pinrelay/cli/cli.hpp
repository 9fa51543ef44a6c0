#pragma once

namespace pinrelay::cli {

// Runs the command line: serve, check, reload, health, spool, version. Returns the exit code: 0 for success; 1 for the
// answer no, such as problems found or bad health; 2 for a command that could not start. Reports each failure in one
// line on standard error, and throws nothing. Call it once, before any other thread runs.
int run(int argc, char** argv);

}  // namespace pinrelay::cli
