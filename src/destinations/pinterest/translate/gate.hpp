#pragma once

#include <optional>
#include <string_view>

#include "destinations/pinterest/schema.hpp"
#include "pinrelay/destination/destination.hpp"

namespace pinrelay::destinations::pinterest {

// The last door before the disk. One event that breaks the schema costs its whole batch an HTTP 400, so every finished
// event is held against the table of event_table.cpp. Before that leave_out.hpp has taken out every flaw of an optional
// part.

// Why the event must not be sent: an unknown key, a wrong type, a limit, a required key that is absent (`schema`), or
// too little in user_data to match anybody (`no_match_keys`). Nothing for a good event.
std::optional<destination::Drop> refusal(const model::Value& event);

// The same piece by piece, for an event that is being written. Its reason is `schema`.
destination::Drop refused_for(std::string_view field, std::string_view message);

// Which keys of user_data are there of those by which Pinterest can match a person.
struct MatchKeys {
    bool person = false;  // an e-mail or an advertising id
    bool address = false;
    bool agent = false;

    // A key of user_data.
    void note(std::string_view key) noexcept;
};
std::optional<destination::Drop> refusal_of(const MatchKeys& keys);

// What is wrong with a value for that field, as a sentence without the value; nullptr when it is right.
const char* flaw(const Field& field, const model::Value& value);

// Whether a text has more characters, or a list more entries, than the field takes.
bool is_too_long(const Field& field, const model::Value& value);

}  // namespace pinrelay::destinations::pinterest
