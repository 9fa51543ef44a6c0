#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "mock_pinterest/connection/reply.hpp"
#include "mock_pinterest/faults/script.hpp"
#include "mock_pinterest/journal/journal.hpp"
#include "mock_pinterest/judging/judge.hpp"
#include "mock_pinterest/judging/rate_limiter.hpp"
#include "options.hpp"

namespace pinrelay::mock {

// The mock without its sockets: takes requests apart from how they came, says what to do with the connection.
// Used by the server's thread alone; the journal and the script are shared with tests.
class Endpoint {
public:
    Endpoint(const Options& options, Journal& journal, ScriptPlayer& script);

    // A request whose header has been read.
    struct Opening {
        RequestHead head;
        Target target;
        bool control = false;  // /__mock/…
        std::uint64_t number = 0;
        std::uint64_t connection = 0;
        std::chrono::system_clock::time_point received_at;
        ScriptPlayer::Choice choice;
        // To be reset now, its body unread. Recorded already.
        bool reset = false;
    };
    Opening open(RequestHead head, std::uint64_t connection);

    // The request's body is here: judges, records, and says how to reply.
    Reply finish(Opening opening, const std::string& body);

    // The body is larger than the limit.
    Reply refuse_size(const Opening& opening);

    // The client ended the connection before its body had come.
    void abandon(const Opening& opening);

private:
    Reply control(const Opening& opening, const std::string& body);
    ReplyContext context_for(const Opening& opening);
    void record(const Opening& opening, const Rule& rule, Judgement judgement, int status);

    const Options& options_;
    Journal& journal_;
    ScriptPlayer& script_;
    RateLimiter rate_limiter_;
    std::mt19937_64 random_{std::random_device{}()};
    std::uint64_t requests_ = 0;
};

}  // namespace pinrelay::mock
