#include "ingest/limits/gzip.hpp"
#include "fixtures/gzip.hpp"
#include "support/bytes.hpp"
#include "support/require.hpp"

namespace {

using pinrelay::fuzz::require;
using pinrelay::ingest::GzipFailure;
using pinrelay::ingest::unpack_gzip;
using Unpacked = std::variant<std::string, GzipFailure>;

// More than once what the unpacker takes out of zlib at a time.
constexpr std::size_t generous = 64 * 1024;

// `packed` holds `text`: it comes out under every limit that it keeps, and under no other.
void check_limits(std::string_view packed, const std::string& text) {
    require(unpack_gzip(packed, text.size()) == Unpacked(text), "what just fits is unpacked");
    if (text.empty()) return;
    for (const std::size_t limit : {text.size() - 1, text.size() / 2, std::size_t{0}})
        require(unpack_gzip(packed, limit) == Unpacked(GzipFailure::TooLarge), "gzip never exceeds the limit");
}

}  // namespace

// The input as gzip, and what becomes of it when it is packed first.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = pinrelay::fuzz::text_of(data, size);
    const auto unpacked = unpack_gzip(bytes, generous);
    if (const auto* text = std::get_if<std::string>(&unpacked)) {
        require(text->size() <= generous, "gzip never exceeds the limit");
        require(pinrelay::ingest::is_gzip(bytes), "what can be unpacked is told by its first bytes");
        check_limits(bytes, *text);
    }
    const std::string packed = pinrelay::test::gzip(bytes);
    check_limits(packed, std::string(bytes));
    check_limits(packed + packed, std::string(bytes).append(bytes));
    return 0;
}
