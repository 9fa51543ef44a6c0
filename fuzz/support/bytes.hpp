#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// What libFuzzer calls with each input; in the replay program each target's has a name of its own.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace pinrelay::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// The text cut into pieces of 1 to `most` bytes, in a way that depends on the text alone, so that a find comes back.
inline std::vector<std::string_view> pieces_of(std::string_view text, std::size_t most) {
    // FNV-1a over the text, then an xorshift for each piece.
    std::uint64_t state = 14695981039346656037ULL;
    for (const char c : text) state = (state ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    std::vector<std::string_view> pieces;
    while (!text.empty()) {
        state ^= state << 13U;
        state ^= state >> 7U;
        state ^= state << 17U;
        pieces.push_back(text.substr(0, 1 + state % most));
        text.remove_prefix(pieces.back().size());
    }
    return pieces;
}

}  // namespace pinrelay::fuzz
