#pragma once

#include <filesystem>
#include <string>
#include <system_error>

namespace pinrelay::net {

// Whether opening or reading the file may last for ever: a pipe has perhaps no writer, and a device no end. A reload
// that waits for either does nothing else. Any thread.
inline bool may_never_end(const std::string& file) {
    using std::filesystem::file_type;
    std::error_code unknown;
    const auto type = std::filesystem::status(file, unknown).type();
    return type == file_type::fifo || type == file_type::character || type == file_type::socket;
}

inline constexpr const char* no_regular_file = "is no regular file";

}  // namespace pinrelay::net
