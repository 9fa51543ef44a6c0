#pragma once

#include <cstdint>
#include <string>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::model {

// A finished event as it will be sent: encoded once, at ingest. `body` is one JSON object without clear-text
// identifiers; a batch is a join of bodies.
struct Record {
    std::string destination;  // Destination::name of the account that it goes to
    std::string source_name;  // as it came, for a replay under the rules of that day; empty where it is not known
    std::string event_name;   // as sent
    std::string event_label;  // event_name where it is one of a fixed set, else "other": bounded, for counting
    std::string event_id;
    Time event_time{};
    bool deduplicated = true;  // whether the destination folds a second copy; false for offline events
    std::string body;
    friend bool operator==(const Record&, const Record&) = default;
};

using RecordId = std::int64_t;

struct StoredRecord {
    RecordId id = 0;
    Record record;
    Time accepted{};
    int attempts = 0;  // requests that carried the record and whose end is known; the last one included once dead
    bool interrupted = false;  // leased: not deduplicated, and a former process began to send it and stored no verdict
    friend bool operator==(const StoredRecord&, const StoredRecord&) = default;
};

}  // namespace pinrelay::model
