#include "unicode.hpp"

#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::identity {
namespace {

struct Range {
    UChar32 first;
    UChar32 last;
};

constexpr std::array invisible_marks = {
    Range{0x00AD, 0x00AD},  // soft hyphen
    Range{0x061C, 0x061C},  // Arabic letter mark
    Range{0x180E, 0x180E},  // Mongolian vowel separator, once a space
    Range{0x200B, 0x200F},  // zero-width space and joiners, direction marks
    Range{0x202A, 0x202E},  // direction embeddings; phones' contact lists wrap numbers in them
    Range{0x2060, 0x2064},  // word joiner, invisible operators
    Range{0x2066, 0x2069},  // direction isolates
    Range{0xFEFF, 0xFEFF},  // byte order mark
};

// Printable and no blank: most texts begin and end so, and ICU's properties cost a look-up each.
constexpr bool is_shown_ascii(UChar32 c) noexcept { return c > ' ' && c < 0x7F; }

struct Character {
    UChar32 code_point;  // negative where the bytes are no UTF-8
    std::size_t size;
};

// A few bytes at a time, since ICU counts in 32 bits and a text may be of any length.
Character first_character(std::string_view text) noexcept {
    const auto head = text.substr(0, U8_MAX_LENGTH);
    std::int32_t next = 0;
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(head.data()), next, static_cast<std::int32_t>(head.size()), c);
    return {c, static_cast<std::size_t>(next)};
}

Character last_character(std::string_view text) noexcept {
    const auto tail = text.substr(text.size() - std::min<std::size_t>(text.size(), U8_MAX_LENGTH));
    auto previous = static_cast<std::int32_t>(tail.size());
    UChar32 c = 0;
    U8_PREV(reinterpret_cast<const std::uint8_t*>(tail.data()), 0, previous, c);
    return {c, tail.size() - static_cast<std::size_t>(previous)};
}

}  // namespace

bool is_blank(UChar32 c) noexcept {
    if (is_shown_ascii(c)) return false;
    if (u_isUWhiteSpace(c) || u_charType(c) == U_CONTROL_CHAR) return true;
    return std::ranges::any_of(invisible_marks, [c](Range range) { return range.first <= c && c <= range.last; });
}

std::string_view without_blank_ends(std::string_view text) noexcept {
    if (!text.empty() && is_shown_ascii(text.front()) && is_shown_ascii(text.back())) return text;
    while (!text.empty()) {
        const auto [c, size] = first_character(text);
        if (c < 0 || !is_blank(c)) break;
        text.remove_prefix(size);
    }
    while (!text.empty()) {
        const auto [c, size] = last_character(text);
        if (c < 0 || !is_blank(c)) break;
        text.remove_suffix(size);
    }
    return text;
}

std::optional<icu::UnicodeString> decode_utf8(std::string_view text) {
    icu::UnicodeString decoded;
    const auto capacity = static_cast<std::int32_t>(text.size());  // UTF-16 never has more units than UTF-8 bytes
    char16_t* buffer = decoded.getBuffer(capacity);
    if (buffer == nullptr) return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t length = 0;
    u_strFromUTF8(buffer, capacity, &length, text.data(), capacity, &status);
    const bool whole = U_SUCCESS(status);
    decoded.releaseBuffer(whole ? length : 0);
    if (!whole) return std::nullopt;
    return decoded;
}

bool is_utf8(std::string_view text) { return ascii::all_ascii(text) || decode_utf8(text).has_value(); }

std::string encode_utf8(const icu::UnicodeString& text) {
    std::string encoded;
    text.toUTF8String(encoded);
    return encoded;
}

}  // namespace pinrelay::identity
