#include "judge_members.hpp"

#include <utility>

#include "ingest/visitor/consent_policy.hpp"
#include "ingest/visitor/visitor.hpp"
#include "ingest/visitor/visitor_id.hpp"
#include "subject.hpp"

namespace pinrelay::ingest {
namespace {

using destination::Drop;

constexpr std::string_view reason_no_account = "no_account";

}  // namespace

std::vector<Outcome> MemberJudge::judge(decode::Members members, const http::Request& request,
                                        const RequestContext& context) const {
    std::vector<Outcome> outcomes;
    outcomes.reserve(members.size());
    for (auto& member : members) {
        if (auto* event = std::get_if<model::Event>(&member)) {
            outcomes.push_back(judge_event(std::move(*event), request, context));
            continue;
        }
        Outcome outcome;
        if (auto* rejection = std::get_if<decode::Rejection>(&member)) outcome.result = std::move(*rejection);
        if (auto* ignored = std::get_if<decode::Ignored>(&member)) outcome.result = *ignored;
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

std::optional<Drop> MemberJudge::reason_to_drop(const Route& route, const std::optional<http::Refusal>& refusal,
                                                model::Event& event, const http::Request& request) const {
    if (refusal) return Drop{refusal->code, "", std::string(refusal->message)};
    if (auto drop = not_people_.judge(event, request)) return drop;
    return apply(route.consent, event);
}

Outcome MemberJudge::judge_event(model::Event event, const http::Request& request,
                                 const RequestContext& context) const {
    add_visitor(event, request, context.client_address);
    Outcome outcome;
    outcome.event_name = event.name;
    outcome.sender = event.sender;
    const Account* account = accounts_.choose(event, request);
    outcome.refuses_cookies =
        !may_write_cookies(account == nullptr ? ConsentPolicy::Respect : account->route.consent, event);
    if (account == nullptr) {
        outcome.result = Drop{reason_no_account, "", "no configured account takes this event"};
        return outcome;
    }
    outcome.destination = account->route.destination;
    outcome.refusal = context.access.of(*account);
    if (auto drop = reason_to_drop(account->route, outcome.refusal, event, request)) {
        outcome.result = std::move(*drop);
        return outcome;
    }
    if (context.visitor_id && !outcome.refuses_cookies) add_visitor_id(event, *context.visitor_id);
    auto translation = outcome.destination->translate(event, request.received);
    outcome.warnings = std::move(translation.warnings);
    outcome.cookies = std::move(translation.cookies);
    if (auto* record = std::get_if<model::Record>(&translation.outcome)) {
        outcome.subject = subject_of(event);
        outcome.result = std::move(*record);
    }
    if (auto* drop = std::get_if<Drop>(&translation.outcome)) outcome.result = std::move(*drop);
    return outcome;
}

}  // namespace pinrelay::ingest
