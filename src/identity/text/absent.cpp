#include <algorithm>
#include <array>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "unicode.hpp"

namespace pinrelay::identity {
namespace {

using namespace std::string_view_literals;

// What programs and reports write where a value is missing. Not "na": Namibia, and a family name.
constexpr std::array placeholders = {
    "undefined"sv, "(undefined)"sv, "null"sv,   "(null)"sv,    "none"sv,        "(none)"sv,
    "nil"sv,       "nan"sv,         "n/a"sv,    "#n/a"sv,      "not set"sv,     "(not set)"sv,
    "unknown"sv,   "(unknown)"sv,   "unset"sv,  "anonymous"sv, "(anonymous)"sv, "(not provided)"sv,
    "(empty)"sv,   "-"sv,           "--"sv,     "[]"sv,        "{}"sv,          "[object object]"sv,
    "\"\""sv,      "''"sv,          "[null]"sv,
};

// SHA-256 of "", "undefined" and "null": what a page sends that hashes before it looks.
constexpr std::array empty_digests = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"sv,
    "eb045d78d273107348b0300c01d29b7552d622abbc6faf81b3ec55359aa9950c"sv,
    "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b"sv,
};
// The first of them in base64url, the form of Google's enhanced conversions.
constexpr std::string_view empty_digest_base64 = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

// The advertising id of a phone that has none is an all-zero UUID; an all-zero digest comes from the same place. A
// short "0" may be a value.
bool is_zero_id(std::string_view text) noexcept {
    constexpr std::size_t shortest_zero_id = 32;
    return text.size() >= shortest_zero_id && text.find_first_not_of("0-") == std::string_view::npos;
}

bool is_unfilled_template(std::string_view text) noexcept { return text.starts_with("{{") && text.ends_with("}}"); }

}  // namespace

bool is_absent(std::string_view text) noexcept {
    const std::string_view shown = without_blank_ends(text);
    if (shown.empty() || is_unfilled_template(shown) || is_zero_id(shown)) return true;
    const auto is_shown = [shown](std::string_view word) { return ascii::equals_ignoring_case(shown, word); };
    return std::ranges::any_of(placeholders, is_shown) || std::ranges::any_of(empty_digests, is_shown) ||
           shown == empty_digest_base64;
}

}  // namespace pinrelay::identity
