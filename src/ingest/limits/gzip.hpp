#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace pinrelay::ingest {

enum class GzipFailure {
    Broken,    // cut off, damaged, or followed by something else
    TooLarge,  // more than was allowed comes out
    TooFar,    // more than `most_unpacked` of so short a body
};

// Whether a body is gzip by its first bytes. Its header is not asked: proxies unpack a body and leave the header.
bool is_gzip(std::string_view body) noexcept;

// How much a body of so many bytes may unpack to: 50 times as much, and 64 KiB in any case. Batches of real events
// shrink to a quarter or a twelfth, and hundreds of copies of one event to a thirtieth; a body of commas to a
// thousandth, which is work without end for who sends next to nothing.
std::size_t most_unpacked(std::size_t packed) noexcept;

// What gzip (RFC 1952, also of several members) holds. Stops as soon as more than `most` bytes, or than
// `most_unpacked`, come out, so that memory and time are bounded by these, however small the body is.
std::variant<std::string, GzipFailure> unpack_gzip(std::string_view body, std::size_t most);

}  // namespace pinrelay::ingest
