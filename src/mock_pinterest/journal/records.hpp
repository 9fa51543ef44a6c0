#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace pinrelay::mock {

// Pinterest's word on one event.
struct EventVerdict {
    bool processed = true;
    std::string error;    // why it failed, else ""
    std::string warning;  // several are joined by ';'
    friend bool operator==(const EventVerdict&, const EventVerdict&) = default;
};

// One event of an accepted request.
struct EventRecord {
    std::chrono::system_clock::time_point received_at;
    std::string account;
    std::uint64_t request = 0;  // the request's number
    std::size_t index = 0;      // place in `data`
    bool test = false;
    bool duplicate = false;  // Pinterest would fold it into an earlier event
    std::string event_name;
    std::string event_id;
    std::string action_source;
    EventVerdict verdict;
    std::string json;  // the event as it came
};

// One request to the events endpoint, accepted or not.
struct RequestRecord {
    std::uint64_t number = 0;  // from 1, in order of arrival of the headers
    std::uint64_t connection = 0;
    std::chrono::system_clock::time_point received_at;
    std::string account;  // as in the path
    bool test = false;
    int status = 0;     // of the answer; 0: no answer was, or will be, sent
    std::string fault;  // the name of the scripted fault, "" without one
    bool accepted = false;
    std::size_t events = 0;     // recorded
    std::size_t processed = 0;  // of those
    std::string message;        // why the request was refused
    std::string where;          // the place of a breach of the schema: "data[2].custom_data"; not part of the answer
};

struct Summary {
    std::uint64_t requests = 0;  // to the events endpoint
    std::uint64_t accepted_requests = 0;
    std::uint64_t events = 0;  // received in accepted requests
    std::uint64_t processed = 0;
    std::uint64_t failed = 0;
    // Of the processed ones outside test mode: offline events are never folded.
    std::uint64_t unique = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t test_events = 0;
    std::uint64_t connections = 0;         // that carried at least one request to the events endpoint
    std::uint64_t handshake_failures = 0;  // TLS handshakes that did not succeed, those closed by the script included
    friend bool operator==(const Summary&, const Summary&) = default;
};

}  // namespace pinrelay::mock
