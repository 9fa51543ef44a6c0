#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pinrelay::mock {

// "250ms", "2s", "5m", "1h", "7d". Nothing else.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// What can be seen of a JSON text without parsing it, and so without recursion.
struct JsonOutline {
    std::size_t depth = 0;                  // how deep its arrays and objects go
    std::vector<std::string_view> objects;  // those on the third level, in order: the events of {"data": [{}, {}]}
};
JsonOutline outline(std::string_view json);

// Unicode characters of UTF-8 text.
std::size_t length_in_characters(std::string_view utf8) noexcept;

// 64 lower-case hexadecimal digits.
bool is_sha256_digest(std::string_view text) noexcept;

// "2026-04-20T00:00:00.123Z"
std::string iso_time(std::chrono::system_clock::time_point time);

}  // namespace pinrelay::mock
