#pragma once

#include <string_view>

#include "destinations/pinterest/notes.hpp"
#include "destinations/pinterest/privacy/known_person.hpp"
#include "pinrelay/model/arena.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// The sender's id; else, for a purchase, its transaction id; else the fingerprint of the hit, so that a retry of the
// same bytes gives the same id. A derived id is warned of: the browser's tag cannot have the same. In the event or in
// the arena.
std::string_view event_id(const model::Event& event, std::string_view event_name, const KnownPerson& person,
                          model::Arena& arena, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
