#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "identity/text/field_text.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t zip_size = 5;
constexpr std::size_t zip_plus_four_size = 10;  // "94107-1234"
constexpr std::size_t shortest_code = 3;        // Iceland's
constexpr std::size_t longest_code = 10;        // letters and digits, Iran's

// The United States and what shares their codes.
constexpr std::array zip_countries = {"us"sv, "pr"sv, "vi"sv, "gu"sv, "as"sv, "mp"sv};

// Lower-case letters and digits. Digits of other scripts and full-width ones are digits; a letter that is not ASCII is
// in no country's codes.
std::optional<std::string> letters_and_digits(std::string_view text) {
    if (ascii::all_ascii(text)) {
        std::string kept;
        for (const char c : text)
            if (ascii::is_digit(c) || ascii::is_letter(c)) kept.push_back(ascii::lower(c));
        return kept;
    }
    const auto decoded = decode_utf8(text);
    if (!decoded) return std::nullopt;
    std::string kept;
    for (std::int32_t i = 0; i < decoded->length(); i = decoded->moveIndex32(i, 1)) {
        const UChar32 c = decoded->char32At(i);
        if (const auto digit = u_charDigitValue(c); digit >= 0)
            kept.push_back(static_cast<char>('0' + digit));
        else if (c < 0x80 && ascii::is_letter(static_cast<char>(c)))
            kept.push_back(ascii::lower(static_cast<char>(c)));
        else if (u_isalpha(c))
            return std::nullopt;
    }
    return kept;
}

bool is_zip_plus_four(std::string_view text) noexcept {
    return text.size() == zip_plus_four_size && text[zip_size] == '-' && ascii::all_digits(text.substr(0, zip_size)) &&
           ascii::all_digits(text.substr(zip_size + 1));
}

std::optional<std::string> zip(std::string code) {
    std::erase_if(code, ascii::is_letter);  // "CA 94107"
    if (code.size() < zip_size) return std::nullopt;
    code.resize(zip_size);
    return code;
}

bool is_placeholder(std::string_view code) noexcept { return code.find_first_not_of('0') == std::string_view::npos; }

}  // namespace

Normalised postal_code(std::string_view text, std::string_view country) {
    const auto field = field_text(text);
    if (!field) return problem_of_field(text);
    if (!is_utf8(*field)) return Problem::NotUtf8;
    auto code = letters_and_digits(*field);
    if (!code) return Problem::ForeignLetters;
    const std::string home = identity::country(country).value_or("");
    const bool is_zip = std::ranges::find(zip_countries, home) != zip_countries.end();
    if (is_zip || (home.empty() && is_zip_plus_four(*field))) code = zip(std::move(*code));
    if (!code || code->size() < shortest_code) return Problem::TooShortCode;
    if (code->size() > longest_code) return Problem::TooLongCode;
    if (is_placeholder(*code)) return Problem::OnlyZeros;
    if (std::ranges::none_of(*code, ascii::is_digit)) return Problem::NoDigit;  // every country's codes have digits
    return std::move(*code);
}

}  // namespace pinrelay::identity
