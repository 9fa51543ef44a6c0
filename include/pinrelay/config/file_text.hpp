#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace pinrelay::config {

// A whole file as text, or why there is none: "there is no such file", "is a directory", "this user may not read it".
struct FileText {
    std::optional<std::string> text;
    std::string problem{};  // only without a text
};

// Blocks. Any thread.
FileText read_file(const std::filesystem::path& path);

// The path for a problem: itself where it is plainly a path, else "the file". A token or a key that was written in the
// place of a path must not be repeated. Looks at the text only.
std::string shown_path(const std::string& path);

}  // namespace pinrelay::config
