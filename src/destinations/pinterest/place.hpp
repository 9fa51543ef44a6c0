#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// The place in the canonical event that a key of Pinterest's is made from; none for keys that are made of something
// else.
using Place =
    std::variant<std::monostate, std::optional<std::string> model::Event::*, std::optional<std::string> model::App::*,
                 std::optional<std::string> model::Device::*, std::optional<std::string> model::UserData::*,
                 std::vector<std::string> model::UserData::*, std::optional<std::string> model::Item::*>;

// The one text at the place; null pointer where a list stands there, or a text of each item. `Event` may be const.
template <class Event>
auto* text_at(Event& event, const Place& place) {
    using Text = std::optional<std::string>;
    if (const auto* member = std::get_if<Text model::Event::*>(&place)) return &(event.**member);
    if (const auto* member = std::get_if<Text model::App::*>(&place)) return &(event.app.**member);
    if (const auto* member = std::get_if<Text model::Device::*>(&place)) return &(event.device.**member);
    if (const auto* member = std::get_if<Text model::UserData::*>(&place)) return &(event.user_data.**member);
    return static_cast<decltype(&event.page_location)>(nullptr);
}

}  // namespace pinrelay::destinations::pinterest
