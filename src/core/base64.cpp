#include "pinrelay/core/base64.hpp"

#include <algorithm>
#include <cstdint>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr unsigned bits_per_digit = 6;
constexpr unsigned bits_per_byte = 8;
constexpr std::size_t digits_per_group = 4;
constexpr std::size_t bytes_per_group = 3;

// The value of a digit in either alphabet; -1 for any other character.
constexpr int digit_value(char c) noexcept {
    if (ascii::is_upper(c)) return c - 'A';
    if (ascii::is_lower(c)) return c - 'a' + 26;
    if (ascii::is_digit(c)) return c - '0' + 52;
    if (c == '+' || c == '-') return 62;
    if (c == '/' || c == '_') return 63;
    return -1;
}

}  // namespace

std::string encode_base64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + bytes_per_group - 1) / bytes_per_group * digits_per_group);
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes_per_group, bytes.size()))) {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < bytes_per_group; ++i)
            bits = bits << bits_per_byte | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
        for (std::size_t i = 0; i < digits_per_group; ++i) {
            const auto shift = static_cast<unsigned>(digits_per_group - 1 - i) * bits_per_digit;
            text += i > bytes.size() ? '=' : digits[bits >> shift & 0x3FU];
        }
    }
    return text;
}

std::optional<std::string> decode_base64(std::string_view text, UnusedBits unused) {
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
    if (text.size() % digits_per_group == 1) return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() / digits_per_group * bytes_per_group + 2);
    std::uint32_t bits = 0;  // of which the lowest `count` belong to no byte yet
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
    if (unused == UnusedBits::MustBeZero && (bits & ((1U << count) - 1)) != 0) return std::nullopt;
    return bytes;
}

}  // namespace pinrelay
