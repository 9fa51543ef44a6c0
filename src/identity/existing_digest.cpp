#include <algorithm>
#include <cstdint>

#include "identity/text/hex.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/digest.hpp"

namespace pinrelay::identity {
namespace {

constexpr std::size_t hex_size = 2 * digest_size;
constexpr std::size_t base64_size = 43;  // 32 bytes without the padding
constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// 43 characters carry 258 bits: two too many, which an encoder leaves zero. What has them set was never a digest.
std::optional<std::string> decode_base64url(std::string_view text) {
    Digest digest{};
    std::size_t filled = 0;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        const auto value = base64url.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        digest[filled++] = static_cast<unsigned char>(bits >> held & 0xFF);
        bits &= (1U << held) - 1;
    }
    if (bits != 0) return std::nullopt;
    return to_hex(digest);
}

char to_base64url(char c) noexcept {
    if (c == '+') return '-';
    return c == '/' ? '_' : c;
}

}  // namespace

std::optional<std::string> existing_digest(std::string_view text) {
    std::string shown(without_blank_ends(text));
    if (shown.size() == hex_size && std::ranges::all_of(shown, ascii::is_hex_digit)) {
        std::ranges::transform(shown, shown.begin(), ascii::lower);
        return shown;
    }
    if (shown.size() == base64_size + 1 && shown.back() == '=') {
        shown.pop_back();
        std::ranges::transform(shown, shown.begin(), to_base64url);
    }
    if (shown.size() != base64_size) return std::nullopt;
    return decode_base64url(shown);
}

}  // namespace pinrelay::identity
