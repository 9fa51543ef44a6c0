#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_pinterest/journal/records.hpp"
#include "mock_pinterest/options.hpp"

namespace pinrelay::mock {

// What the endpoint looks at of a request's header.
struct RequestHead {
    std::string method;
    std::string target;
    std::string authorization;
    std::string content_type;
    bool keep_alive = true;
};

// The request's address: /v5/ad_accounts/{account}/events?test=true
struct Target {
    bool is_endpoint = false;
    std::string account;
    bool test = false;
    std::string query_problem;  // what is wrong with the query, else ""
};
Target read_target(std::string_view target);

// The token of a bearer authorization; "" where there is none.
std::string_view bearer_token(std::string_view authorization);

struct JudgedEvent {
    std::string event_name;
    std::string event_id;
    std::string action_source;
    std::string json;
    EventVerdict verdict;
};

// What Pinterest would say to a request. Either it is refused as a whole, or each event has its verdict.
struct Refusal {
    int status = 400;
    std::string message;  // "": the status's usual text
    std::string where;    // of a breach of the schema
};
struct Judgement {
    std::optional<Refusal> refusal;
    std::vector<JudgedEvent> events;
};

// Everything but the rate limit.
Judgement judge(const RequestHead& head, const Target& target, std::string_view body,
                std::chrono::system_clock::time_point now, const Options& options);

}  // namespace pinrelay::mock
