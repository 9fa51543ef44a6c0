#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace pinrelay::ingest {

enum class GzipFailure {
    Broken,    // cut off, damaged, or followed by something else
    TooLarge,  // more than was allowed comes out
};

// Whether a body is gzip by its first bytes. Its header is not asked: proxies unpack a body and leave the header.
bool is_gzip(std::string_view body) noexcept;

// What gzip (RFC 1952, also of several members) holds. Stops as soon as more than `most` bytes come out, so that memory
// and time are bounded by `most`, however small the body is.
std::variant<std::string, GzipFailure> unpack_gzip(std::string_view body, std::size_t most);

}  // namespace pinrelay::ingest
