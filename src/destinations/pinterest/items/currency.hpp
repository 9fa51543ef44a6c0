#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pinrelay/model/arena.hpp"

namespace pinrelay::destinations::pinterest {

// The code in upper case of an ISO 4217 code in any case, or of a sign that one currency alone has ("€", "zł", "US$").
// Nothing for any other text.
std::optional<std::string> currency_code(std::string_view text);

// Whether the text is a sign of several currencies: "$", "¥", "kr".
bool is_ambiguous_sign(std::string_view text) noexcept;

// The currency that is written beside the digits of an amount: "€ 79,99", "79.99 EUR". Nothing where there is none, or
// an ambiguous one.
std::optional<std::string> currency_in_amount(std::string_view amount);

// The text with currency signs in the place of their HTML entities ("&euro;", "&#8377;"), as shop systems keep them:
// the text itself where it has none, else one in the arena.
std::string_view without_entities(std::string_view text, model::Arena& arena);

}  // namespace pinrelay::destinations::pinterest
