#pragma once

#include <zlib.h>

#include <string>
#include <string_view>

namespace pinrelay::test {

// The text as one gzip member, packed as small as it goes; an empty text where zlib fails.
inline std::string gzip(std::string_view text) {
    constexpr int gzip_only = 16 + MAX_WBITS;
    constexpr int memory_level = 8;
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_only, memory_level, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    std::string packed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<z_const Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int answer = deflate(&stream, Z_FINISH);
    packed.resize(answer == Z_STREAM_END ? stream.total_out : 0);
    deflateEnd(&stream);
    return packed;
}

}  // namespace pinrelay::test
