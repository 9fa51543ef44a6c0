#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_pinterest/journal/records.hpp"

namespace pinrelay::mock {

// {"code":29,"message":"…"} with the code and, where `message` is empty, the text that Pinterest uses for this status.
// Another `code` than the status's usual one has the text that Pinterest uses for its own faults.
std::string error_body(int status, std::string_view message = {}, std::optional<int> code = std::nullopt);

// {"num_events_received":2,"num_events_processed":1,"events":[…]}. `difference` adds entries to `events` or takes away.
std::string results_body(const std::vector<EventVerdict>& verdicts, std::int64_t difference = 0);

// The 422 form: an error whose `details` are the results.
std::string unprocessable_body(const std::vector<EventVerdict>& verdicts);

struct RateLimit {
    std::uint64_t limit = 0;
    std::uint64_t remaining = 0;
    std::uint64_t reset = 0;  // seconds until the window ends
    bool exceeded = false;
};

struct AnswerHead {
    int status = 200;
    std::string request_id;  // x-pinterest-rid
    RateLimit rate_limit;
    std::optional<std::string> retry_after;
    std::map<std::string, std::string> headers;
    bool announce_close = false;
};

// Status line, fields and blank line, for a body of `content_length` bytes.
std::string head_text(const AnswerHead& head, std::size_t content_length);

}  // namespace pinrelay::mock
