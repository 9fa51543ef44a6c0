#include "base64.hpp"

#include <cstdint>

namespace pinrelay::decode {
namespace {

constexpr unsigned bits_per_digit = 6;
constexpr unsigned bits_per_byte = 8;

// The value of a digit; -1 for any other character.
constexpr int digit_value(char c) noexcept {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+' || c == '-' || c == ' ') return 62;
    if (c == '/' || c == '_') return 63;
    return -1;
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const int value = digit_value(c);
        if (value < 0) return std::nullopt;
        bits = (bits << bits_per_digit) | static_cast<std::uint32_t>(value);
        count += bits_per_digit;
        if (count < bits_per_byte) continue;
        count -= bits_per_byte;
        bytes += static_cast<char>((bits >> count) & 0xFFU);
    }
    return bytes;
}

}  // namespace pinrelay::decode
