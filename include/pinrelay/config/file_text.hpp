#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace pinrelay::config {

// A whole file as text, or why there is none: "there is no such file", "is a directory", "this user may not read it".
struct FileText {
    std::optional<std::string> text;
    std::string problem{};  // only without a text
};

// Of configurations, keys, tokens and certificates: none has as many bytes.
inline constexpr std::size_t most_file_bytes = std::size_t{16} * 1024 * 1024;

// Refuses what has more than `most` bytes, so that no file exhausts the memory. Blocks: for a regular file as long as
// the disk takes, for a pipe or a device a second at most. Any thread.
FileText read_file(const std::filesystem::path& path, std::size_t most = most_file_bytes);

// The path for a problem: itself where it is plainly a path, else "the file". A token or a key that was written in the
// place of a path must not be repeated. Looks at the text only.
std::string shown_path(const std::string& path);

}  // namespace pinrelay::config
