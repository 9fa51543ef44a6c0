#pragma once

#include <string_view>

#include "destinations/pinterest/notes.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

inline constexpr std::string_view offline_source = "offline";

// The sender's own word; for app streams the platform's; else "web". Static text.
std::string_view action_source(const model::Event& event, Notes& notes);

// An app's event, of a sender that does not say so: it has an app instance, or an app and a platform of apps.
bool tells_of_an_app(const model::Event& event);

}  // namespace pinrelay::destinations::pinterest
