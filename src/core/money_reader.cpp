#include "money_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "currency_marks.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay {

namespace {

constexpr std::size_t group_length = 3;
constexpr std::string_view separators = ".,'";
constexpr std::string_view no_paise = "/-";  // "Rs. 500/-": how India writes a whole amount

// "12,-" and "12.–": how Germany, the Netherlands, Scandinavia and Switzerland write one.
constexpr std::array no_cents = std::to_array<std::string_view>({"--", "-", "\u2013", "\u2014"});

constexpr std::array spaces = std::to_array<std::string_view>({" ", "\t", "\r", "\n", "\u00a0", "\u202f"});

// What French, Polish and Swiss number formatting puts between groups, and never before decimals: space, no-break
// space, narrow no-break space, thin space, right quotation mark.
constexpr std::array group_signs = std::to_array<std::string_view>({" ", "\u00a0", "\u202f", "\u2009", "\u2019"});

std::string_view trimmed(std::string_view text) noexcept {
    const auto in_front = [&](std::string_view space) { return text.starts_with(space); };
    const auto behind = [&](std::string_view space) { return text.ends_with(space); };
    for (auto s = spaces.begin(); (s = std::ranges::find_if(spaces, in_front)) != spaces.end();)
        text.remove_prefix(s->size());
    for (auto s = spaces.begin(); (s = std::ranges::find_if(spaces, behind)) != spaces.end();)
        text.remove_suffix(s->size());
    return text;
}

// Takes one '-' or '+' off the front; whether there was one is written to `seen`.
bool take_minus(std::string_view& text, bool& seen) noexcept {
    if (seen || text.empty() || (text.front() != '-' && text.front() != '+')) return false;
    const bool minus = text.front() == '-';
    seen = true;
    text.remove_prefix(1);
    return minus;
}

// All signs that only ever group become one, so that what follows looks at single bytes.
std::string with_one_group_sign(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto sign = std::ranges::find_if(group_signs, [&](auto s) { return text.starts_with(s); });
        out += sign == group_signs.end() ? text.front() : '\'';
        text.remove_prefix(sign == group_signs.end() ? 1 : sign->size());
    }
    return out;
}

// "12,-" as "12,00"; any other text as it is.
std::string with_cents(std::string_view text) {
    for (const std::string_view mark : no_cents) {
        if (!text.ends_with(mark) || text.size() == mark.size()) continue;
        const std::string_view amount = text.substr(0, text.size() - mark.size());
        if (amount.ends_with(',') || amount.ends_with('.')) return std::string(amount) + "00";
    }
    return std::string(text);
}

// "1.299.000": a first group of one to three digits without a leading zero, then groups of exactly three.
bool groups_by_three(std::string_view text, char separator) noexcept {
    if (!std::ranges::all_of(text, [&](char c) { return c == separator || ascii::is_digit(c); })) return false;
    std::size_t end = text.find(separator);
    if (end == 0 || end > group_length || text.front() == '0') return false;
    while (end != std::string_view::npos) {
        const std::size_t begin = end + 1;
        end = text.find(separator, begin);
        const std::size_t length = (end == std::string_view::npos ? text.size() : end) - begin;
        if (length != group_length) return false;
    }
    return true;
}

// India's "1,23,456": one or two digits, then groups of exactly two, at least one of them, then three digits.
bool groups_as_in_india(std::string_view text, char separator) noexcept {
    constexpr std::size_t indian_group_length = 2;
    if (separator != ',' || !std::ranges::all_of(text, [&](char c) { return c == separator || ascii::is_digit(c); }))
        return false;
    std::size_t end = text.find(separator);
    if (end == std::string_view::npos || end == 0 || end > indian_group_length || text.front() == '0') return false;
    std::size_t middle_groups = 0;
    for (std::size_t begin = end + 1;; begin = end + 1, ++middle_groups) {
        end = text.find(separator, begin);
        if (end == std::string_view::npos) return text.size() - begin == group_length && middle_groups > 0;
        if (end - begin != indian_group_length) return false;
    }
}

bool groups_digits(std::string_view text, char separator) noexcept {
    return groups_by_three(text, separator) || groups_as_in_india(text, separator);
}

// Where the decimal point is: its position, npos when there is none, nothing when the text is ambiguous or no number.
std::optional<std::size_t> decimal_point(std::string_view text) noexcept {
    const std::size_t last = text.find_last_of(separators);
    if (last == std::string_view::npos) return last;
    const std::size_t places = text.size() - last - 1;
    if (places == 0) return std::nullopt;

    const char point = text[last];
    const auto before = text.substr(0, last);
    const std::size_t other = before.find_last_of(separators);
    if (point == '\'' || (other != std::string_view::npos && before[other] == point)) {
        if (!groups_digits(text, point)) return std::nullopt;
        return std::string_view::npos;
    }
    if (other != std::string_view::npos) {
        if (!groups_digits(before, before[other])) return std::nullopt;
        return last;
    }
    if (point == ',' && places == group_length) return std::nullopt;
    return last;
}

// The exponent behind 'e'. Out of range it is pinned: no mantissa brings it back within the limits of a Decimal, and
// zero stays zero.
std::optional<long> read_exponent(std::string_view text) noexcept {
    constexpr long pinned = 1'000'000'000;
    const bool minus = text.starts_with('-');
    if (minus || text.starts_with('+')) text.remove_prefix(1);
    if (text.empty() || !std::ranges::all_of(text, ascii::is_digit)) return std::nullopt;
    long exponent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (error != std::errc{} || exponent > pinned) exponent = pinned;
    return minus ? -exponent : exponent;
}

std::optional<ReadNumber> read_digits(std::string_view text, bool negative) {
    ReadNumber number{negative, {}, 0};
    if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
        const auto exponent = read_exponent(text.substr(e + 1));
        text = text.substr(0, e);
        // Written by a program: whoever groups digits for people writes no exponent.
        if (!exponent || text.find_first_of(",'") != std::string_view::npos) return std::nullopt;
        number.exponent = *exponent;
    }
    const auto point = decimal_point(text);
    if (!point) return std::nullopt;
    if (*point != std::string_view::npos) number.exponent -= static_cast<long>(text.size() - *point - 1);

    number.digits.reserve(text.size());
    for (const char c : text) {
        if (separators.find(c) != std::string_view::npos) continue;
        if (!ascii::is_digit(c)) return std::nullopt;
        number.digits += c;
    }
    if (number.digits.empty()) return std::nullopt;
    return number;
}

}  // namespace

std::optional<ReadNumber> read_number(std::string_view text) {
    bool sign_seen = false;
    text = trimmed(text);
    bool negative = take_minus(text, sign_seen);
    if (text.ends_with(no_paise)) text.remove_suffix(no_paise.size());
    // No mark begins or ends with a digit, and most amounts are plain numbers.
    if (!text.empty() && !ascii::is_digit(text.front())) text.remove_prefix(leading_currency_mark(text));
    if (!text.empty() && !ascii::is_digit(text.back())) text.remove_suffix(trailing_currency_mark(text));
    text = trimmed(text);
    negative = take_minus(text, sign_seen) || negative;
    if (!text.ends_with('-') && text.find_first_not_of("0123456789.eE+-") == std::string_view::npos)
        return read_digits(text, negative);
    return read_digits(with_one_group_sign(with_cents(text)), negative);
}

}  // namespace pinrelay
