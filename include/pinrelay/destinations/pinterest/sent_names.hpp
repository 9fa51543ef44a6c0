#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/destinations/pinterest/settings.hpp"

namespace pinrelay::destinations::pinterest {

// Under what name events are sent. `custom_name` is that of an event of one's own, "" for any.
struct SentName {
    std::string event_name;
    std::string custom_name;
    friend bool operator==(const SentName&, const SentName&) = default;
};

struct SentNames {
    std::vector<SentName> names;           // empty: no event of that name is sent
    std::optional<std::string> problem{};  // the name is not known, or cannot be sent: why, and what may be meant
};

// What the account sends for a name that an operator writes: one of Pinterest's, a GA4 name, or a sender's own, in any
// spelling that events may use. Both what pages and what apps send. Throws as make_pinterest does for a mapping rule
// that cannot work. Pure.
SentNames sent_names(const Settings& settings, std::string_view name);

}  // namespace pinrelay::destinations::pinterest
