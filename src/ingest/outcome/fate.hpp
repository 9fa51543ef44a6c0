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

// What became of one member of a request: the debug answer, the metrics and the records to store all come from it.
struct Fate {
    std::string event_name;                                 // GA4's; "" where none could be read
    const destination::Destination* destination = nullptr;  // null pointer where none was chosen
    std::variant<model::Record, destination::Drop, decode::Rejection, decode::Ignored> outcome;
    std::uint64_t subject = 0;  // with a record only: see spool::Arrival
    std::vector<destination::Warning> warnings;
    std::optional<model::Sender> sender;       // nothing where no event could be read
    bool refuses_cookies = false;              // the visitor does, by consent or opt-out
    std::vector<destination::Cookie> cookies;  // what the destination wants kept in the browser; with a record only
    std::optional<AccessRefusal> refusal{};    // where the request may not post to the event's account
};

// Label of a destination that is not known.
inline constexpr std::string_view no_destination = "none";

// Whether nothing in the request could be read: all members rejected.
bool nothing_readable(const std::vector<Fate>& fates);

// Whether a server sent the events, and none of them came from a browser.
bool all_from_servers(const std::vector<Fate>& fates);

// Why the request may not post at all: none of its events may.
std::optional<AccessRefusal> refusal_of_all(const std::vector<Fate>& fates);

// The debug answer: one entry per member with what would be sent or why not. Also carries `validationMessages`, which
// clients of Google's debug endpoint read.
std::string debug_report(const std::vector<Fate>& fates);

}  // namespace pinrelay::ingest
