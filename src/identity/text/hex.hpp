#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace pinrelay::identity {

constexpr std::size_t digest_size = 32;  // bytes of a SHA-256
using Digest = std::array<unsigned char, digest_size>;

// Two figures for each byte.
inline void write_hex(const Digest& digest, char* next) noexcept {
    constexpr std::string_view figures = "0123456789abcdef";
    for (const unsigned char byte : digest) {
        *next++ = figures[byte >> 4];
        *next++ = figures[byte & 0xF];
    }
}

inline std::string to_hex(const Digest& digest) {
    std::string hex(2 * digest.size(), '\0');
    write_hex(digest, hex.data());
    return hex;
}

}  // namespace pinrelay::identity
