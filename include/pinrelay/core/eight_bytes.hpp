#pragma once

#include <cstdint>

// Looks at eight bytes of a text at once, loaded into one number. Pure; throws nothing.
namespace pinrelay::eight_bytes {

// The same byte eight times.
constexpr std::uint64_t all(unsigned char byte) noexcept { return byte * (~std::uint64_t{0} / 0xff); }

inline constexpr std::uint64_t highest_bits = all(0x80);

// The highest bit of each byte that is below `bound`, which is at most 0x80. A borrow may set it for a byte above such
// a one, too, so that only 0 is an exact answer: no byte is below.
constexpr std::uint64_t below(std::uint64_t bytes, unsigned char bound) noexcept {
    return (bytes - all(bound)) & ~bytes & highest_bits;
}

// The same for each byte that is that one.
constexpr std::uint64_t equal(std::uint64_t bytes, unsigned char byte) noexcept { return below(bytes ^ all(byte), 1); }

}  // namespace pinrelay::eight_bytes
