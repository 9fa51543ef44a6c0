#pragma once

#include <functional>

#include "cli/mapping_tests/mapping_tests.hpp"
#include "explain.hpp"

namespace CLI {
class App;
}

namespace pinrelay::cli {

// What both commands are given.
struct ExplainCommands {
    ExplainOptions explain;
    MappingTestOptions test;
};

// Adds `explain` and `test`; parsing one puts what is to be done into `command`. All are lent.
void add_explain_commands(CLI::App& app, ExplainCommands& options, std::function<int()>& command);

}  // namespace pinrelay::cli
