#include "access_refusals.hpp"

#include <string>

namespace pinrelay::ingest {

http::Response AccessRefusals::refuse(const http::Refusal& refusal, Time now) const {
    metrics_.rejected(refusal.code);
    if (quiet_minute_.may_speak(now))
        logger_.warn("a sender was refused; more of them within a minute are only counted",
                     {{"reason", std::string(refusal.code)}});
    return http::to_response(refusal);
}

}  // namespace pinrelay::ingest
