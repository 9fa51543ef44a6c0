#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ingest/access/access.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/destination/destination.hpp"

namespace pinrelay::ingest {

// The outcome of one member of a request. The debug answer, the metrics and the stored records all come from it.
struct Outcome {
    std::string event_name;                                 // GA4's; "": no event could be read
    const destination::Destination* destination = nullptr;  // null pointer: no account takes the event
    std::variant<model::Record, destination::Drop, decode::Rejection, decode::Ignored> result;
    std::uint64_t subject = 0;  // with a record only: see spool::Arrival
    std::vector<destination::Warning> warnings;
    std::optional<model::Sender> sender;       // nothing: no event could be read
    bool refuses_cookies = false;              // the visitor, by consent or opt-out
    std::vector<destination::Cookie> cookies;  // the destination's; with a record only
    std::optional<http::Refusal> refusal{};    // the request may not post to the event's account
};

// Whether all members were rejected: nothing in the request could be read.
bool nothing_readable(const std::vector<Outcome>& outcomes);

// Whether a server sent events, and no browser did.
bool all_from_servers(const std::vector<Outcome>& outcomes);

// The refusal of the whole request, where none of its events may be posted.
std::optional<http::Refusal> refusal_of_all(const std::vector<Outcome>& outcomes);

// The debug answer: one entry per member, with the body that would be sent or the reason why not. It also has
// `validationMessages`, which clients of Google's debug endpoint read.
std::string debug_report(const std::vector<Outcome>& outcomes);

}  // namespace pinrelay::ingest
