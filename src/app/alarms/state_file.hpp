#pragma once

#include <filesystem>
#include <string>

namespace pinrelay::app {

// Replaces the file as a whole or not at all, also where the power goes meanwhile. Readable by its owner alone. Blocks.
// Returns 0, or the system's error.
int replace_file(const std::filesystem::path& file, const std::string& text);

}  // namespace pinrelay::app
