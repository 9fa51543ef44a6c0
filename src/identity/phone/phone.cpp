#include <algorithm>

#include "identity/text/field_text.hpp"
#include "identity/text/unicode.hpp"
#include "library_phone.hpp"
#include "numbering_plans.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "plain_phone.hpp"

namespace pinrelay::identity {
namespace {

// E.164 has at most 15 digits. The library's patterns take milliseconds over hundreds of digits, and one request may
// bring a hundred phones.
constexpr std::size_t longest_phone = 64;
constexpr std::ptrdiff_t most_digits = 20;

bool is_too_long(std::string_view text) {
    return text.size() > longest_phone || std::ranges::count_if(text, ascii::is_digit) > most_digits;
}

// "4915123456789.0": what a table or a program makes of a phone that it takes for a number.
std::string_view without_fraction(std::string_view text) noexcept {
    constexpr std::string_view fraction = ".0";
    constexpr std::size_t shortest_whole = 11;
    if (!text.ends_with(fraction)) return text;
    const std::string_view whole = text.substr(0, text.size() - fraction.size());
    return whole.size() >= shortest_whole && ascii::all_digits(whole) ? whole : text;
}

// Most senders write the code already.
std::string code_of(std::string_view region) {
    return plan_of_region(region) == nullptr ? country(region).value_or("") : std::string(region);
}

}  // namespace

Normalised phone(std::string_view text, std::string_view region) {
    const auto field = field_text(text);
    if (!field) return problem_of_field(text);
    if (is_too_long(*field)) return Problem::PhoneTooLong;
    if (!is_utf8(*field)) return Problem::NotUtf8;
    const auto written = without_fraction(field->substr(0, field->find(';')));  // "tel:+1-415-555-2671;ext=12"
    const std::string home = code_of(region);
    if (auto plain = plain_phone(written, home)) return std::move(*plain);
    return library_phone(std::string(written), home);
}

}  // namespace pinrelay::identity
