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
    std::optional<std::int64_t> processed;            // num_events_processed
    std::vector<destination::RecordVerdict> records;  // of `events`, in their order; those of 422's details likewise
};

Answer read_answer(const std::string& body, const Secret& token);

}  // namespace pinrelay::destinations::pinterest
