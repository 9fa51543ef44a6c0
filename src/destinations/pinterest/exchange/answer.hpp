#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/secret.hpp"
#include "pinrelay/destination/destination.hpp"

namespace pinrelay::destinations::pinterest {

// What an answer's body says, as far as it can be read. Every key may be missing: Pinterest is dropping optional ones
// gradually. All texts are redacted.
struct Answer {
    bool readable = false;  // it is a JSON object
    std::string message;    // with its code: "code 4196: Invalid request"
    std::optional<std::int64_t> code;
    std::optional<std::int64_t> received;   // num_events_received
    std::optional<std::int64_t> processed;  // num_events_processed
    // Of `events`, in their order; those of 422's details likewise. Unclear where the status is neither "processed" nor
    // "failed", and no error says more.
    std::vector<destination::RecordVerdict> records;
    bool failed_without_reason = false;
    bool processed_with_error = false;
};

Answer read_answer(const std::string& body, const Secret& token);

}  // namespace pinrelay::destinations::pinterest
