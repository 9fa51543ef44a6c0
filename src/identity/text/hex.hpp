#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace pinrelay::identity {

constexpr std::size_t digest_size = 32;  // bytes of a SHA-256
using Digest = std::array<unsigned char, digest_size>;

inline std::string to_hex(const Digest& digest) {
    constexpr std::string_view figures = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * digest.size());
    for (const unsigned char byte : digest) {
        hex.push_back(figures[byte >> 4]);
        hex.push_back(figures[byte & 0xF]);
    }
    return hex;
}

}  // namespace pinrelay::identity
