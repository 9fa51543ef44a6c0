#pragma once

#include <string>
#include <string_view>

#include "destinations/pinterest/notes.hpp"
#include "destinations/pinterest/privacy/known_person.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// The sender's id; else, for a purchase, its transaction id; else the fingerprint of the hit, so that a retry of the
// same bytes gives the same id. A derived id is warned of: the browser's tag cannot have the same.
std::string event_id(const model::Event& event, std::string_view event_name, const KnownPerson& person, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
