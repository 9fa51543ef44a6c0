#pragma once

#include <string_view>

namespace pinrelay::watch {

// Whether a text has the form of an event's name. A sender can write anything there, also a person's data, so only
// such a text is repeated to operators. The form is GA4's: letters, digits and underscores, a letter first, and fewer
// digits than a phone number has.
bool is_event_name(std::string_view text) noexcept;

// The text, or "" where it is no name.
inline std::string_view if_event_name(std::string_view text) noexcept {
    return is_event_name(text) ? text : std::string_view();
}

}  // namespace pinrelay::watch
