#pragma once

#include <string_view>

namespace pinrelay::ingest {

// Whether a text has the form of an event's name, by GA4's rule: letters, digits and underscores, a letter first. A
// phone number has more digits than any name. A sender can write anything there, also a person's data: what is kept or
// logged of an event that no destination has looked at has this form.
bool is_event_name(std::string_view text) noexcept;

}  // namespace pinrelay::ingest
