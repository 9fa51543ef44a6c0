#pragma once

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/notes.hpp"

namespace pinrelay::destinations::pinterest {

// Takes out of a finished event what does not fit the schema and may be absent, at every level, each with a warning: a
// brand name is not worth the event. That is a key that the schema does not know, a text that is too long, a value of
// the wrong type or out of bounds, a list's entries that are wrong or beyond its limit, and an object or a list that
// holds nothing then. Flaws of required keys stay, for the gate.
void leave_out_flaws(Object& event, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
