#include "judge_members.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ingest/visitor/address_warning.hpp"
#include "ingest/visitor/consent_policy.hpp"
#include "ingest/visitor/visitor.hpp"
#include "ingest/visitor/visitor_id.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "subject.hpp"

namespace pinrelay::ingest {
namespace {

using destination::Drop;

constexpr std::string_view reason_no_account = "no_account";
constexpr std::string_view reason_bot = "bot";

// A browser's own request is where its visitor's address comes from, unless the event names one. Whether there is
// something wrong with that address.
bool add_client(model::Event& event, const http::Request& request, const Client& client, Outcome& outcome) {
    const bool from_request = event.sender == model::Sender::Browser && !event.ip_address;
    add_visitor(event, request, client.address ? std::optional(client.address->to_string()) : std::nullopt);
    auto warning = from_request ? warning_about(client) : std::nullopt;
    if (!warning) return false;
    outcome.warnings.push_back(std::move(*warning));
    return true;
}

// The destination would warn of it once more, and knows less.
void forget_impossible_address(model::Event& event) {
    if (event.ip_address && !identity::public_address(*event.ip_address)) event.ip_address.reset();
}

}  // namespace

std::vector<Outcome> MemberJudge::judge(decode::Members members, const http::Request& request,
                                        const RequestContext& context) const {
    std::vector<Outcome> outcomes;
    outcomes.reserve(members.size());
    Memos memos(members.size());
    for (auto& member : members) {
        if (auto* event = std::get_if<model::Event>(&member)) {
            outcomes.push_back(judge_event(std::move(*event), request, context, memos));
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
                                                model::Event& event, const http::Request& request, bool explain) const {
    if (refusal) return Drop{refusal->code, "", std::string(refusal->message)};
    if (auto drop = not_people(event, request, explain)) return drop;
    return apply(route.consent, event);
}

std::optional<Drop> MemberJudge::not_people(const model::Event& event, const http::Request& request,
                                            bool explain) const {
    auto drop = not_people_.judge(event, request);
    if (!explain || !drop || drop->reason != reason_bot) return drop;
    if (const std::string pattern = not_people_.bot_pattern(event); !pattern.empty())
        drop->message += ": it fits the pattern " + pattern;
    return drop;
}

Outcome MemberJudge::judge_event(model::Event event, const http::Request& request, const RequestContext& context,
                                 Memos& memos) const {
    Outcome outcome;
    if (context.explain) outcome.evidence = evidence_of(event, request, context.client);
    outcome.warnings = std::move(event.warnings);
    const bool doubtful = add_client(event, request, context.client, outcome);
    outcome.event_name = event.name;
    outcome.sender = event.sender;
    const Account* account = accounts_.choose(event, request);
    outcome.refuses_cookies =
        !may_write_cookies(account == nullptr ? ConsentPolicy::Respect : account->route.consent, event);
    if (account == nullptr) {
        outcome.result = Drop{reason_no_account, "", accounts_.why_none(event, request)};
        return outcome;
    }
    outcome.destination = account->route.destination;
    outcome.refusal = context.access.of(*account);
    if (auto drop = reason_to_drop(account->route, outcome.refusal, event, request, context.explain)) {
        outcome.result = std::move(*drop);
        return outcome;
    }
    if (context.visitor_id && !outcome.refuses_cookies) add_visitor_id(event, *context.visitor_id);
    outcome.subject = subject_of(event);
    if (doubtful) forget_impossible_address(event);
    auto translation = outcome.destination->translate_sharing(event, request.received, memos.of(*outcome.destination));
    std::ranges::move(translation.warnings, std::back_inserter(outcome.warnings));
    outcome.cookies = std::move(translation.cookies);
    if (auto* record = std::get_if<model::Record>(&translation.outcome)) {
        outcome.event_id = record->event_id;
        outcome.result = std::move(*record);
    }
    if (auto* drop = std::get_if<Drop>(&translation.outcome)) outcome.result = std::move(*drop);
    return outcome;
}

}  // namespace pinrelay::ingest
