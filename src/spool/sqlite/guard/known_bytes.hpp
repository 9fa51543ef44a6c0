#pragma once

#include <string>
#include <string_view>

#include "spool/duplicates/packed_known.hpp"

// A PackedKnown in the file: its words, the lowest byte of each first.
namespace pinrelay::spool {

inline constexpr std::size_t word_bytes = sizeof(std::uint32_t);
inline constexpr std::size_t known_bytes = sizeof(PackedKnown);

inline void put_word(char* bytes, std::uint32_t word) {
    for (std::size_t i = 0; i < word_bytes; ++i) bytes[i] = static_cast<char>(word >> (8 * i) & 0xFFU);
}

inline std::uint32_t word_at(std::string_view bytes, std::size_t at) {
    std::uint32_t word = 0;
    for (std::size_t i = word_bytes; i-- > 0;) word = word << 8U | static_cast<unsigned char>(bytes[at + i]);
    return word;
}

inline std::string bytes_of(const PackedKnown& known) {
    std::string bytes(known_bytes, '\0');
    for (std::size_t i = 0; i < known.words.size(); ++i) put_word(bytes.data() + i * word_bytes, known.words[i]);
    return bytes;
}

// Nothing is known where the bytes are too few.
inline PackedKnown known_in(std::string_view bytes) {
    PackedKnown known;
    if (bytes.size() < known_bytes) return known;
    for (std::size_t i = 0; i < known.words.size(); ++i) known.words[i] = word_at(bytes, i * word_bytes);
    return known;
}

}  // namespace pinrelay::spool
