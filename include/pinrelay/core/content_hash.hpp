#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pinrelay {

// 128 bits that stand for a content.
struct ContentDigest {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend bool operator==(const ContentDigest&, const ContentDigest&) = default;
};

// XXH3 with 64 bits of the bytes, which differs with the seed. It protects nothing, as ContentHash. The same on every
// machine and in every release. Any thread.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) noexcept;

// Tells contents apart by XXH3 with 128 bits. It protects nothing: whoever chooses the content can choose the digest.
// The digest is the same on every machine and in every release, since event ids are made from it.
//
// The bytes are kept until the digest is wanted: one hash over all of them is faster than many small steps. So an
// object takes as much memory as its content, and `add` throws std::bad_alloc if there is none. Not thread-safe.
class ContentHash {
public:
    void add(char byte) { bytes_ += byte; }
    void add(std::string_view bytes) { bytes_ += bytes; }

    // Of all bytes so far. More bytes may follow.
    ContentDigest digest() const noexcept;

    // The digest as 32 lower-case hexadecimal digits. Throws std::bad_alloc only.
    std::string hex() const;

private:
    std::string bytes_;
};

}  // namespace pinrelay
