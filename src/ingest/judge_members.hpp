#pragma once

#include <optional>
#include <string>
#include <vector>

#include "account_routes.hpp"
#include "client_address.hpp"
#include "fate.hpp"

namespace pinrelay::ingest {

// Decides what becomes of each member, alone: adds what the request knows of the visitor, asks for consent, chooses
// the account and translates. `visitor_id` is the browser's own, where it has one and may keep it. Pure but for what it
// is given.
class MemberJudge {
public:
    MemberJudge(AccountRoutes routes, TrustedProxies proxies)
        : routes_(std::move(routes)), proxies_(std::move(proxies)) {}

    std::vector<Fate> judge(decode::Members members, const http::Request& request,
                            const std::optional<std::string>& visitor_id) const;

private:
    Fate judge_event(model::Event event, const http::Request& request,
                     const std::optional<std::string>& visitor_id) const;

    AccountRoutes routes_;
    TrustedProxies proxies_;
};

}  // namespace pinrelay::ingest
