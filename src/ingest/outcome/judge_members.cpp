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

std::vector<Fate> MemberJudge::judge(decode::Members members, const http::Request& request,
                                     const RequestContext& context) const {
    std::vector<Fate> fates;
    fates.reserve(members.size());
    for (auto& member : members) {
        if (auto* event = std::get_if<model::Event>(&member)) {
            fates.push_back(judge_event(std::move(*event), request, context));
            continue;
        }
        Fate fate;
        if (auto* rejection = std::get_if<decode::Rejection>(&member)) fate.outcome = std::move(*rejection);
        if (auto* ignored = std::get_if<decode::Ignored>(&member)) fate.outcome = *ignored;
        fates.push_back(std::move(fate));
    }
    return fates;
}

std::optional<Drop> MemberJudge::reason_to_drop(const Route& route, const std::optional<AccessRefusal>& refusal,
                                                model::Event& event, const http::Request& request) const {
    if (refusal) return Drop{refusal->reason, "", std::string(refusal->message)};
    if (auto drop = not_people_.judge(event, request)) return drop;
    return apply(route.consent, event);
}

Fate MemberJudge::judge_event(model::Event event, const http::Request& request, const RequestContext& context) const {
    add_visitor(event, request, context.client_address);
    Fate fate;
    fate.event_name = event.name;
    fate.sender = event.sender;
    const Route* route = routes_.choose(event, request);
    fate.refuses_cookies = !may_write_cookies(route == nullptr ? ConsentPolicy::Respect : route->consent, event);
    if (route == nullptr) {
        fate.outcome = Drop{reason_no_account, "", "no configured account takes this event"};
        return fate;
    }
    fate.destination = route->destination;
    if (!context.access.empty()) fate.refusal = context.access[routes_.index_of(*route)];
    if (auto drop = reason_to_drop(*route, fate.refusal, event, request)) {
        fate.outcome = std::move(*drop);
        return fate;
    }
    if (context.visitor_id && !fate.refuses_cookies) add_visitor_id(event, *context.visitor_id);
    auto translation = fate.destination->translate(event, request.received);
    fate.warnings = std::move(translation.warnings);
    fate.cookies = std::move(translation.cookies);
    if (auto* record = std::get_if<model::Record>(&translation.outcome)) {
        fate.subject = subject_of(event);
        fate.outcome = std::move(*record);
    }
    if (auto* drop = std::get_if<Drop>(&translation.outcome)) fate.outcome = std::move(*drop);
    return fate;
}

}  // namespace pinrelay::ingest
