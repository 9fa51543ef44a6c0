#pragma once

#include <filesystem>
#include <optional>
#include <vector>

namespace pinrelay::cli {

struct MappingTestOptions {
    std::optional<std::filesystem::path> config_file;
    std::vector<std::filesystem::path> files;  // empty: tests/*.json beside the configuration file
};

// Runs the cases and prints what differs, and which rules of the configuration no case has touched. Exit code: 0 all
// cases hold, 1 at least one does not, 2 a case cannot be read, or there is none.
int run_mapping_tests(const MappingTestOptions& options);

}  // namespace pinrelay::cli
