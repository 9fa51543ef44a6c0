#include <algorithm>

#include "identity/text/hex.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/base64.hpp"
#include "pinrelay/identity/digest.hpp"

namespace pinrelay::identity {
namespace {

constexpr std::size_t hex_size = 2 * digest_size;
constexpr std::size_t base64_size = 43;  // 32 bytes without the padding

// 43 characters carry 258 bits: two too many, which an encoder leaves zero. A text that has them set was never a
// digest.
std::optional<std::string> read_base64(std::string_view text) {
    const auto bytes = decode_base64(text, UnusedBits::MustBeZero);
    if (!bytes || bytes->size() != digest_size) return std::nullopt;
    Digest digest{};
    std::ranges::transform(*bytes, digest.begin(), [](char c) { return static_cast<unsigned char>(c); });
    return to_hex(digest);
}

}  // namespace

std::optional<std::string> existing_digest(std::string_view text) {
    const std::string_view shown = without_blank_ends(text);
    if (shown.size() == hex_size)
        return std::ranges::all_of(shown, ascii::is_hex_digit) ? std::optional(ascii::in_lower_case(shown))
                                                               : std::nullopt;
    const bool padded = shown.size() == base64_size + 1 && shown.ends_with('=');
    // Without padding only the URL alphabet is usual: the standard one is always padded.
    const bool bare = shown.size() == base64_size && shown.find_first_of("+/") == std::string_view::npos;
    return padded || bare ? read_base64(shown) : std::nullopt;
}

bool is_digest_of_other_length(std::string_view text) noexcept {
    constexpr std::size_t shortest_digest = 32;
    const auto shown = without_blank_ends(text);
    return shown.size() >= shortest_digest && shown.size() != hex_size &&
           std::ranges::all_of(shown, ascii::is_hex_digit) && !ascii::all_digits(shown);
}

}  // namespace pinrelay::identity
