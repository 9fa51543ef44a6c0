#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "contents.hpp"

namespace pinrelay::destinations::pinterest {

// What an event is worth. Never one without the other: value without currency would be counted in the account's own
// or not at all, and a currency alone says nothing.
struct Money {
    std::string_view value;  // decimal text
    std::string_view currency;
};

// The event's value, else, where `from_lines`, the exact sum of its lines, if all items are among them; in the event's
// currency, else that of its first item that has one, else the one written beside the amount, else the account's
// default. Nothing where the currency that is there cannot be read.
std::optional<Money> money_of(const model::Event& event, std::span<const Line> lines, bool from_lines,
                              const Settings& settings, model::Arena& arena, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
