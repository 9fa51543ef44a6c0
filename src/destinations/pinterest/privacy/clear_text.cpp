#include "clear_text.hpp"

#include <algorithm>

#include "decodings.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

// A phone with its country's code (E.164): none is longer, and shorter numbers after a '+' are too often none.
constexpr std::size_t shortest_phone = 9;
constexpr std::size_t longest_phone = 15;

constexpr ascii::Set not_in_local_parts("/=&?,;:<([|@#");

constexpr ascii::Set phone_separators(" -()/");

bool is_letter(char c) { return ascii::is_letter(c) || !ascii::is_ascii(c); }
bool is_of_domain(char c) { return is_letter(c) || ascii::is_digit(c) || c == '-' || c == '_' || c == '.'; }
bool is_of_local_part(char c) { return static_cast<unsigned char>(c) > ' ' && !not_in_local_parts.contains(c); }

// What follows the '@' begins with a name, a dot and a letter.
bool begins_with_domain(std::string_view text) {
    const auto end = std::ranges::find_if_not(text, is_of_domain);
    const auto dot = std::find(text.begin(), end, '.');
    if (dot == text.begin()) return false;
    return std::adjacent_find(dot, end, [](char a, char b) { return a == '.' && is_letter(b); }) != end;
}

// Whether digits that may make up a phone, grouped or not, come next.
bool begins_with_phone(std::string_view text) {
    if (text.empty() || text.front() == '0' || !ascii::is_digit(text.front())) return false;
    std::size_t digits = 0;
    for (const char c : text) {
        if (ascii::is_digit(c)) {
            ++digits;
            continue;
        }
        if (digits >= shortest_phone && digits <= longest_phone) return true;
        if (!phone_separators.contains(c)) return false;
    }
    return digits >= shortest_phone && digits <= longest_phone;
}

}  // namespace

bool shows_email(std::string_view text) {
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1))
        if (at > 0 && is_of_local_part(text[at - 1]) && begins_with_domain(text.substr(at + 1))) return true;
    return false;
}

bool shows_phone(std::string_view text) {
    for (auto plus = text.find('+'); plus != std::string_view::npos; plus = text.find('+', plus + 1)) {
        const bool stands_alone = plus == 0 || !(is_letter(text[plus - 1]) || ascii::is_digit(text[plus - 1]));
        if (stands_alone && begins_with_phone(text.substr(plus + 1))) return true;
    }
    return false;
}

bool holds_email(std::string_view text) { return in_any_decoding(text, shows_email); }

bool holds_phone(std::string_view text) { return in_any_decoding(text, shows_phone); }

}  // namespace pinrelay::destinations::pinterest
