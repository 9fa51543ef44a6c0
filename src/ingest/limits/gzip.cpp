#include "gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace pinrelay::ingest {
namespace {

constexpr std::string_view magic = "\x1f\x8b";
constexpr int gzip_only = 16 + MAX_WBITS;
constexpr std::size_t piece_size = 16 * 1024;

class Inflater {
public:
    explicit Inflater(std::string_view body) {
        stream_.next_in =
            reinterpret_cast<z_const Bytef*>(const_cast<char*>(body.data()));  // zlib does not write there
        stream_.avail_in = static_cast<uInt>(body.size());
        is_ready_ = inflateInit2(&stream_, gzip_only) == Z_OK;
    }
    ~Inflater() {
        if (is_ready_) inflateEnd(&stream_);
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    bool is_ready() const noexcept { return is_ready_; }
    bool has_input() const noexcept { return stream_.avail_in != 0; }

    // Appends the next piece, at most `most` bytes; zlib's answer.
    int next(std::string& out, std::size_t most) {
        std::array<char, piece_size> piece;
        const std::size_t room = std::min(most, piece.size());
        stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream_.avail_out = static_cast<uInt>(room);
        const int answer = inflate(&stream_, Z_NO_FLUSH);
        out.append(piece.data(), room - stream_.avail_out);
        return answer;
    }

    bool begin_next_member() noexcept { return inflateReset(&stream_) == Z_OK; }

private:
    z_stream stream_{};
    bool is_ready_ = false;
};

}  // namespace

bool is_gzip(std::string_view body) noexcept { return body.starts_with(magic); }

std::size_t most_unpacked(std::size_t packed) noexcept {
    constexpr std::size_t factor = 50;
    constexpr std::size_t always = std::size_t{64} * 1024;
    return std::max(always, packed * factor);
}

std::variant<std::string, GzipFailure> unpack_gzip(std::string_view body, std::size_t most) {
    if (body.size() > std::numeric_limits<uInt>::max()) return GzipFailure::TooLarge;
    const std::size_t bound = std::min(most, most_unpacked(body.size()));
    Inflater inflater(body);
    if (!inflater.is_ready()) return GzipFailure::Broken;
    std::string out;
    while (true) {
        // One byte beyond the limit tells what is too much from what just fits.
        const int answer = inflater.next(out, bound + 1 - out.size());
        if (out.size() > bound) return bound < most ? GzipFailure::TooFar : GzipFailure::TooLarge;
        if (answer == Z_OK) continue;
        if (answer != Z_STREAM_END) return GzipFailure::Broken;
        if (!inflater.has_input()) return out;
        if (!inflater.begin_next_member()) return GzipFailure::Broken;
    }
}

}  // namespace pinrelay::ingest
