#pragma once

#include <string_view>

#include "ingest/outcome/report.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/http/message.hpp"
#include "pinrelay/http/refusal.hpp"

namespace pinrelay::ingest {

// Refusals of whole requests: each is counted and reported, and comes back as the answer. Any thread.
class Refusals {
public:
    // `report` is lent.
    explicit Refusals(OutcomeReport& report) : report_(report) {}

    http::Response refuse(int status, std::string_view code, std::string_view field, std::string_view message) const {
        report_.refused(code, field, message);
        return http::error_response(status, code, field, message);
    }

    http::Response refuse(const http::Refusal& refused) const {
        report_.refused(refused.code, "", refused.message);
        return http::to_response(refused);
    }

    http::Response refuse(const decode::Rejection& rejection) const {
        return refuse(bad_request, decode::to_string(rejection.code), rejection.field, rejection.message);
    }

    // An answer that is made already. `cause` is for the log, which names an account or a limit.
    http::Response refuse(std::string_view code, std::string_view cause, http::Response answer) const {
        report_.refused(code, "", cause);
        return answer;
    }

private:
    static constexpr int bad_request = 400;

    OutcomeReport& report_;
};

}  // namespace pinrelay::ingest
