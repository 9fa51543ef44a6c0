#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pinrelay::cli {

struct ExplainOptions {
    std::optional<std::filesystem::path> config_file;
    std::string what = "-";            // a file, a URL, "-" for standard input
    std::string from;                  // the address that it would come from; "" is this machine's
    std::vector<std::string> headers;  // "Name: value"
    bool json = false;
    std::optional<std::filesystem::path> save_test;  // see mapping_case.hpp
};

// Prints what would become of the events. Exit code: 0 each of them would be sent, 1 at least one would not, 2 the
// input cannot be read.
int explain(const ExplainOptions& options);

}  // namespace pinrelay::cli
