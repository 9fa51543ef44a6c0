#include "pinrelay/core/utf8.hpp"

#include <algorithm>
#include <array>

namespace pinrelay {

namespace {

// RFC 3629 section 4: which first byte goes with which second byte; all later ones are 80..BF.
struct Form {
    unsigned char first_low, first_high;
    std::size_t length;
    unsigned char second_low, second_high;
};
constexpr std::array forms = {
    Form{0x00, 0x7F, 1, 0x00, 0x00}, Form{0xC2, 0xDF, 2, 0x80, 0xBF}, Form{0xE0, 0xE0, 3, 0xA0, 0xBF},
    Form{0xE1, 0xEC, 3, 0x80, 0xBF}, Form{0xED, 0xED, 3, 0x80, 0x9F}, Form{0xEE, 0xEF, 3, 0x80, 0xBF},
    Form{0xF0, 0xF0, 4, 0x90, 0xBF}, Form{0xF1, 0xF3, 4, 0x80, 0xBF}, Form{0xF4, 0xF4, 4, 0x80, 0x8F},
};

bool between(char c, unsigned char low, unsigned char high) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= low && byte <= high;
}

}  // namespace

std::size_t utf8_length(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const auto form =
        std::ranges::find_if(forms, [&](const Form& f) { return between(text.front(), f.first_low, f.first_high); });
    if (form == forms.end() || text.size() < form->length) return 0;
    if (form->length > 1 && !between(text[1], form->second_low, form->second_high)) return 0;
    for (std::size_t i = 2; i < form->length; ++i)
        if (!between(text[i], 0x80, 0xBF)) return 0;
    return form->length;
}

std::size_t printable_length(std::string_view text) noexcept {
    const std::size_t length = utf8_length(text);
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const bool is_control = length == 1 && (byte(0) < 0x20 || byte(0) == 0x7F);
    const bool is_wide_control = length == 2 && byte(0) == 0xC2 && byte(1) < 0xA0;
    const auto is_one_of = [&](std::string_view first_two, unsigned char low, unsigned char high) {
        return length == 3 && text.starts_with(first_two) && byte(2) >= low && byte(2) <= high;
    };
    // U+2028 and U+2029 end a line; U+202A to U+202E and U+2066 to U+2069 change the order in which the rest is shown.
    const bool misleads = is_one_of("\xE2\x80", 0xA8, 0xAE) || is_one_of("\xE2\x81", 0xA6, 0xA9);
    return is_control || is_wide_control || misleads ? 0 : length;
}

std::string printable(std::string_view text, char stand_in) {
    std::string shown;
    while (!text.empty()) {
        const std::size_t length = printable_length(text);
        if (length > 0)
            shown += text.substr(0, length);
        else
            shown += stand_in;
        text.remove_prefix(length > 0 ? length : std::max<std::size_t>(utf8_length(text), 1));
    }
    return shown;
}

}  // namespace pinrelay
