#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "mock_pinterest/answers.hpp"
#include "mock_pinterest/faults/script.hpp"
#include "mock_pinterest/judging/judge.hpp"
#include "mock_pinterest/options.hpp"

namespace pinrelay::mock {

enum class Ending {
    KeepAlive,
    Close,      // FIN
    Reset,      // RST
    HalfClose,  // FIN in our direction; go on reading until the client ends the connection
    Hang,       // nothing; go on reading until the client ends the connection
};

// What the session does: wait, write, end.
struct Reply {
    std::string bytes;
    std::chrono::milliseconds delay{0};
    std::optional<Drip> drip;
    Ending ending = Ending::KeepAlive;
    int status = 0;  // of the HTTP answer in `bytes`; 0: there is none, or none that is whole
};

struct ReplyContext {
    std::string request_id;
    RateLimit rate_limit;
    std::string token;  // as sent, for answers that echo it
    bool keep_alive = true;
    bool failures_answer_422 = false;
};

// Applies FailEvents to verdicts that are otherwise final.
void fail_events(const Rule& rule, std::vector<JudgedEvent>& events);

// The reply to a judged request under a rule. Faults that only bend an accepted request's answer leave a refusal alone.
Reply compose(const Rule& rule, const Judgement& judgement, const ReplyContext& context);

// An answer outside any script.
Reply answer(int status, const std::string& body, const ReplyContext& context);

}  // namespace pinrelay::mock
