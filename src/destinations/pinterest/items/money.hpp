#pragma once

#include <optional>
#include <string>
#include <vector>

#include "contents.hpp"

namespace pinrelay::destinations::pinterest {

// What an event is worth. Never one without the other: value without currency would be counted in the account's own
// or not at all, and a currency alone says nothing.
struct Money {
    std::string value;  // decimal text
    std::string currency;
};

// The event's value, else, where `from_lines`, the exact sum of its lines; in the event's currency, else that of its
// first item that has one, else the account's default. Nothing where the currency that is there cannot be read.
std::optional<Money> money_of(const model::Event& event, const std::vector<Line>& lines, bool from_lines,
                              const Settings& settings, WarningList& warnings);

// Three letters in upper case; nothing where the text is no ISO 4217 code.
std::optional<std::string> currency_code(const std::string& text);

}  // namespace pinrelay::destinations::pinterest
