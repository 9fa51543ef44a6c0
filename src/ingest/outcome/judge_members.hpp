#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/access/access_book.hpp"
#include "ingest/access/account_routes.hpp"
#include "ingest/bots/not_people.hpp"
#include "outcome.hpp"

namespace pinrelay::ingest {

// What was found out about a request before its events are looked at.
struct RequestContext {
    const AccessBook::Verdicts& access;  // which accounts it may post to
    std::optional<std::string> client_address;
    std::optional<std::string> visitor_id;  // of its browser, where that has one or may be given one
};

// Decides what becomes of each member, alone: adds what the request knows of the visitor, chooses the account, asks
// whether the sender may post there, drops what is no visitor's, asks for consent, and translates. Pure but for what
// it is given.
class MemberJudge {
public:
    MemberJudge(AccountRoutes routes, NotPeople not_people)
        : routes_(std::move(routes)), not_people_(std::move(not_people)) {}

    std::vector<Outcome> judge(decode::Members members, const http::Request& request,
                               const RequestContext& context) const;

private:
    Outcome judge_event(model::Event event, const http::Request& request, const RequestContext& context) const;

    // Under ConsentPolicy::Strip the event may be changed.
    std::optional<destination::Drop> reason_to_drop(const Route& route, const std::optional<http::Refusal>& refusal,
                                                    model::Event& event, const http::Request& request) const;

    AccountRoutes routes_;
    NotPeople not_people_;
};

}  // namespace pinrelay::ingest
