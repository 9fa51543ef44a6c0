#include "pinrelay/core/content_hash.hpp"

#define XXH_INLINE_ALL  // only this file hashes, so the relay links no library for it
#include <xxhash.h>

namespace pinrelay {
namespace {

void append_hex(std::string& out, std::uint64_t number) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4) out += digits[(number >> static_cast<unsigned>(shift)) & 0xF];
}

}  // namespace

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) noexcept {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

ContentDigest ContentHash::digest() const noexcept {
    const XXH128_hash_t hash = XXH3_128bits(bytes_.data(), bytes_.size());
    return {hash.high64, hash.low64};
}

std::string ContentHash::hex() const {
    const ContentDigest own = digest();
    std::string text;
    append_hex(text, own.high);
    append_hex(text, own.low);
    return text;
}

}  // namespace pinrelay
