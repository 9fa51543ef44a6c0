#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace pinrelay::identity {

constexpr std::size_t digest_size = 32;  // bytes of a SHA-256
using Digest = std::array<unsigned char, digest_size>;

// The two figures of each byte.
inline constexpr auto hex_pairs = [] {
    constexpr std::string_view figures = "0123456789abcdef";
    std::array<std::array<char, 2>, 256> pairs{};
    for (std::size_t byte = 0; byte != pairs.size(); ++byte) {
        pairs[byte][0] = figures[byte >> 4];
        pairs[byte][1] = figures[byte & 0xF];
    }
    return pairs;
}();

inline void write_hex(const Digest& digest, char* next) noexcept {
    for (const unsigned char byte : digest) {
        std::memcpy(next, hex_pairs[byte].data(), sizeof(hex_pairs[byte]));
        next += sizeof(hex_pairs[byte]);
    }
}

inline std::string to_hex(const Digest& digest) {
    std::string hex(2 * digest.size(), '\0');
    write_hex(digest, hex.data());
    return hex;
}

}  // namespace pinrelay::identity
