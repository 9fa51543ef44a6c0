#pragma once

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/notes.hpp"
#include "known_person.hpp"

namespace pinrelay::destinations::pinterest {

// The last look at a finished event, wherever its texts came from, an operator's rules included: a text that is sent as
// it is and holds an e-mail address or a phone is left out, and ids become their digests, each with a warning.
// Event id and page URL are not touched: they are cleaned where they are made.
void sweep_clear_text(Object& finished, const KnownPerson& person, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
