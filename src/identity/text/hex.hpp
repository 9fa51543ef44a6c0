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
    std::string hex(2 * digest.size(), '\0');
    char* next = hex.data();  // push_back would cost as much as the digest
    for (const unsigned char byte : digest) {
        *next++ = figures[byte >> 4];
        *next++ = figures[byte & 0xF];
    }
    return hex;
}

}  // namespace pinrelay::identity
