#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access_book.hpp"
#include "account_routes.hpp"
#include "client_address.hpp"
#include "fate.hpp"

namespace pinrelay::ingest {

// What was found out about a request before its events are looked at.
struct RequestContext {
    const AccessBook::Verdicts& access;     // which accounts it may post to
    std::optional<std::string> visitor_id;  // of its browser, where that has one or may be given one
};

// Decides what becomes of each member, alone: adds what the request knows of the visitor, chooses the account, asks
// whether the sender may post there and the visitor consents, and translates. Pure but for what it is given.
class MemberJudge {
public:
    MemberJudge(AccountRoutes routes, TrustedProxies proxies)
        : routes_(std::move(routes)), proxies_(std::move(proxies)) {}

    std::vector<Fate> judge(decode::Members members, const http::Request& request, const RequestContext& context) const;

private:
    Fate judge_event(model::Event event, const http::Request& request, const RequestContext& context) const;

    AccountRoutes routes_;
    TrustedProxies proxies_;
};

}  // namespace pinrelay::ingest
