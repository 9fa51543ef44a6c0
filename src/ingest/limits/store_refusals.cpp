#include "store_refusals.hpp"

#include <string>
#include <string_view>

#include "pinrelay/spool/spool.hpp"

namespace pinrelay::ingest {
namespace {

constexpr std::string_view retry_after = "5";  // seconds; the store tries to write again with every request

// Codes of the refusals, which are metric labels.
constexpr std::string_view store_unavailable = "store_unavailable";
constexpr std::string_view account_share = "account_share";
constexpr std::string_view known_senders_only = "known_senders_only";

std::string_view advice_about(ErrorCode error) noexcept {
    if (error == spool::SpoolErrc::Full)
        return "raise spool.max_bytes or spool.max_records; pinrelay spool stats shows which account delivers too "
               "little";
    if (error == spool::SpoolErrc::WriteFailed) return "make room on the disk of data_dir, and look at its rights";
    return "";
}

}  // namespace

std::string_view StoreRefusals::report(ErrorCode error, Time now) {
    if (error == spool::SpoolErrc::ShareFull) {
        if (share_.may_speak(now))
            logger_.warn("an account has its share of the store; what it gets beyond that is refused, others go on",
                         {{"advice", "pinrelay spool stats shows which account delivers too little, and why"}});
        return account_share;
    }
    if (error == spool::SpoolErrc::KnownOnly) {
        if (known_only_.may_speak(now))
            logger_.warn(
                "the store is nearly full; senders without key, signature or allowed network are refused, others go on",
                {{"advice", "pinrelay spool stats shows which account delivers too little, and why"}});
        return known_senders_only;
    }
    if (!refusing_.load() && outage_.may_speak(now) && !refusing_.exchange(true))
        logger_.warn("the store cannot take events; senders are asked to try again",
                     {{"reason", error.message()}, {"advice", std::string(advice_about(error))}});
    return store_unavailable;
}

http::Response StoreRefusals::refuse(ErrorCode error, Time now) {
    const std::string_view code = report(error, now);
    metrics_.rejected(code);
    auto response = http::error_response(503, code, "", error.message());
    response.headers.emplace_back("Retry-After", retry_after);
    return response;
}

void StoreRefusals::took_events() {
    if (refusing_.load(std::memory_order_relaxed) && refusing_.exchange(false))
        logger_.info("the store takes events again");
}

}  // namespace pinrelay::ingest
