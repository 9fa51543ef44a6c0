#include "access_refusals.hpp"

#include <string>

namespace pinrelay::ingest {

http::Response AccessRefusals::refuse(const AccessRefusal& refusal, Time now) const {
    metrics_.rejected(refusal.reason);
    if (quiet_minute_.may_speak(now))
        logger_.warn("a sender was refused; more of them within a minute are only counted",
                     {{"reason", std::string(refusal.reason)}});
    return http::error_response(refusal.status, refusal.reason, "", refusal.message);
}

}  // namespace pinrelay::ingest
