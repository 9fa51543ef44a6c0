#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "destinations/pinterest/notes.hpp"
#include "destinations/pinterest/scene/scene.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/model/essence.hpp"
#include "pinrelay/model/quality.hpp"

namespace pinrelay::destinations::pinterest {

// A finished event, and what is to be known of it beside its text.
struct WrittenEvent {
    std::string body;                            // JSON
    std::optional<destination::Drop> refused{};  // why it must not be sent: what gate.hpp says of the body
    model::Essence essence{};
    model::Quality quality{};
    std::string identifiers{};        // the keys of user_data, a blank between two
    std::string_view content_name{};  // custom_data.content_name, in the scene's arena; "" for none
};

// Writes the keys of the table one after the other, each as soon as it is made. The value of a key is that of a
// parameter that acts after, else what the relay makes of the event, else what a sender of Pinterest's own form says in
// `device_info` and `app_info` and no field of the event has ("timezone", "storage_size"). What holds a person's data
// or does not fit the schema is left out with a warning.
WrittenEvent write_event(Scene& scene, const std::vector<const ParameterRule*>& parameters, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
