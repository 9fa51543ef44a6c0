#pragma once

#include <string>

#include "pinrelay/model/origins.hpp"

namespace pinrelay::destinations::pinterest {

using model::Place;

// The one text at the place; null pointer where something else stands there: a list, a text of each item, a time.
// `Event` may be const.
template <class Event>
auto* text_at(Event& event, const Place& place) {
    using Text = std::optional<std::string_view>;
    if (const auto* member = std::get_if<Text model::Event::*>(&place)) return &(event.**member);
    if (const auto* member = std::get_if<Text model::App::*>(&place)) return &(event.app.**member);
    if (const auto* member = std::get_if<Text model::Device::*>(&place)) return &(event.device.**member);
    if (const auto* member = std::get_if<Text model::UserData::*>(&place)) return &(event.user_data.**member);
    return static_cast<decltype(&event.page_location)>(nullptr);
}

// Where what stands at the place came from, for explanations; "" where nobody noted it.
inline std::string source_at(const model::Event& event, const Place& place) {
    return event.origins ? event.origins->find(place) : std::string();
}

}  // namespace pinrelay::destinations::pinterest
