#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

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

// The lengths of the texts above, as bits.
constexpr std::uint64_t lengths_of(std::span<const std::string_view> texts) noexcept {
    std::uint64_t lengths = 0;
    for (const std::string_view text : texts) lengths |= std::uint64_t{1} << text.size();
    return lengths;
}
constexpr std::uint64_t placeholder_lengths = lengths_of(placeholders);

// The first characters, in both cases, of all that means nothing: the texts above, templates, and zero ids.
constexpr ascii::Set beginnings = [] {
    std::string_view::size_type length = 0;
    std::array<char, 128> first{};
    const auto add = [&](char c) { first[length++] = c; };
    for (const std::string_view text : placeholders) {
        add(text.front());
        add(ascii::upper(text.front()));
    }
    for (const std::string_view text : empty_digests) {
        add(text.front());
        add(ascii::upper(text.front()));
    }
    for (const char c : {empty_digest_base64.front(), '{', '0', '-'}) add(c);
    return ascii::Set(std::string_view(first.data(), length));
}();

// Most texts have another length than every placeholder.
bool means_nothing(std::string_view text) noexcept {
    if (text.size() >= 64 || (placeholder_lengths >> text.size() & 1U) == 0) return false;
    return std::ranges::any_of(placeholders, [text](auto word) { return ascii::equals_ignoring_case(text, word); });
}

bool is_empty_digest(std::string_view text) noexcept {
    if (text.size() == empty_digest_base64.size()) return text == empty_digest_base64;
    if (text.size() != empty_digests.front().size()) return false;
    return std::ranges::any_of(empty_digests,
                               [text](auto digest) { return ascii::equals_ignoring_case(text, digest); });
}

}  // namespace

std::optional<std::string_view> present(std::string_view text) noexcept {
    const std::string_view shown = without_blank_ends(text);
    if (shown.empty()) return std::nullopt;
    if (!beginnings.contains(shown.front())) return shown;
    const bool is_nothing =
        means_nothing(shown) || is_unfilled_template(shown) || is_zero_id(shown) || is_empty_digest(shown);
    return is_nothing ? std::nullopt : std::optional(shown);
}

bool is_absent(std::string_view text) noexcept { return !present(text); }

}  // namespace pinrelay::identity
