#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "pinrelay/destination/destination.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "rules.hpp"

namespace pinrelay::destinations::pinterest {

// Under which name an event goes out. `custom_name` is what a `custom` event stands for, where the name does not
// travel as event_name itself; it becomes custom_data.content_name. Both are views of the event, of its rule or static.
struct Named {
    std::string_view event_name;
    std::optional<std::string_view> custom_name;
};

// The operator's rule, else the profile's row, else a Pinterest name in any spelling, else `unknown_events`. A name
// that is near to a known one gets the question whether that is meant.
std::variant<Named, destination::Drop> name_event(const model::Event& event, const Settings& settings,
                                                  const Rules& rules);

// Whether the hit comes from an app and not from a page.
bool is_app_event(const model::Event& event) noexcept;

// Events that stand for a sum of money, so that Σ price × quantity may replace an absent value.
bool stands_for_total(std::string_view sent_name, std::string_view event_name) noexcept;

}  // namespace pinrelay::destinations::pinterest
