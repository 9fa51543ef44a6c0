#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "evidence.hpp"
#include "ingest/access/access.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/model/quality.hpp"
#include "pinrelay/model/trust.hpp"

namespace pinrelay::ingest {

// The outcome of one member of a request. The debug answer, the metrics and the stored records all come from it.
struct Outcome {
    std::string event_name;                                 // GA4's; "": no event could be read
    const destination::Destination* destination = nullptr;  // null pointer: no account takes the event
    std::variant<model::Record, destination::Drop, decode::Rejection, decode::Ignored> result;
    std::uint64_t subject = 0;                     // with a record only: see spool::Arrival
    model::Trust trust = model::Trust::Anonymous;  // of the sender, for this account
    model::Essence essence{};                      // with a record only
    bool duplicate = false;                        // with a record only: it repeats an earlier one, and is not sent
    // Of the record, which it outlives: for answers, the log and those who watch.
    std::string event_id;
    std::string sent_name;    // the destination's name of the event
    std::string identifiers;  // see destination::Translation
    std::string event_label{};  // of the record, where there is a quality; for counting
    model::Quality quality{};   // what the event carries; empty where nothing is sent
    std::string sent_id;                           // of a dropped event: as its sender wrote it, for the journal
    std::string order_id;                          // likewise
    std::vector<destination::Warning> warnings;
    std::optional<model::Sender> sender;       // nothing: no event could be read
    bool refuses_cookies = false;              // the visitor, by consent or opt-out
    std::vector<destination::Cookie> cookies;  // the destination's; with a record only
    std::optional<http::Refusal> refusal{};    // the request may not post to the event's account
    std::optional<Evidence> evidence{};        // of an event that is explained
    bool to_stranger = false;                  // an answer to its sender names no account and none of its settings
};

// Why an event is not sent. The texts belong to the outcome.
struct NotSent {
    std::string_view code;  // a metric label; "" where it is sent
    std::string_view field;
    std::string_view message;
};
NotSent why_not_sent(const Outcome& outcome);

// "sent", "duplicate", "dropped", "rejected" or "ignored".
std::string_view status_of(const Outcome& outcome);

// Whether all members were rejected: nothing in the request could be read.
bool nothing_readable(const std::vector<Outcome>& outcomes);

// Whether a server sent events, and no browser did.
bool all_from_servers(const std::vector<Outcome>& outcomes);

// The refusal of the whole request, where none of its events may be posted.
std::optional<http::Refusal> refusal_of_all(const std::vector<Outcome>& outcomes);

}  // namespace pinrelay::ingest
