#include "judge_members.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "identifier_keys.hpp"
#include "ingest/access/required_trust.hpp"
#include "ingest/visitor/address_warning.hpp"
#include "ingest/visitor/believed_visitor.hpp"
#include "ingest/visitor/consent_policy.hpp"
#include "ingest/visitor/visitor.hpp"
#include "ingest/visitor/visitor_id.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "subject.hpp"
#include "warnings.hpp"

namespace pinrelay::ingest {
namespace {

using destination::Drop;

constexpr std::string_view reason_no_account = "no_account";
constexpr std::string_view reason_bot = "bot";

constexpr std::string_view not_signed =
    "what the query says beside measurement_id is left out: the signature covers the body alone";

// A browser's own request is where its visitor's address comes from, unless the event names one. Whether there is
// something wrong with that address. Nothing of a signed request but its body is the sender's word: anybody on the way
// can add a header, so none says anything of the visitor.
bool add_client(model::Event& event, const http::Request& request, const Client& client, Outcome& outcome) {
    if (outcome.trust == model::Trust::Signed) return false;
    const bool from_request = event.sender == model::Sender::Browser && !event.ip_address;
    add_visitor(event, request, client.address ? std::optional(http::to_text(*client.address)) : std::nullopt);
    auto warning = from_request ? warning_about(client) : std::nullopt;
    if (!warning) return false;
    outcome.warnings.push_back(std::move(*warning));
    return true;
}

// For the account, or for anybody where none takes the event.
Standing standing_for(const Account* account, const RequestContext& context) {
    Standing standing = account == nullptr ? Standing() : context.access.of(*account);
    if (standing.trust == model::Trust::Anonymous && context.proof && !standing.refusal) {
        standing.trust = model::Trust::Browser;
        standing.because = "the cookie _pinrelay_proof";
    }
    return standing;
}

// Keys that sign are no browser's, whatever its headers look like.
void note_signature(model::Event& event, model::Trust trust) {
    if (trust != model::Trust::Signed) return;
    event.sender = model::Sender::Server;
    event.sender_sign = "a signature of the body";
}

bool is_stranger(const Account* account, const RequestContext& context, model::Trust trust) {
    return !context.local && (account == nullptr ? context.access.best() : trust) < model::Trust::Network;
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
                                                model::Event& event, const http::Request& request,
                                                const HitSource& source, bool explain) const {
    if (refusal) return Drop{refusal->code, "", std::string(refusal->message)};
    if (auto drop = not_people(event, request, source, explain)) return drop;
    return apply(route.consent, event);
}

std::optional<Drop> MemberJudge::not_people(const model::Event& event, const http::Request& request,
                                            const HitSource& source, bool explain) const {
    auto drop = not_people_.judge(event, request, source);
    if (!explain || !drop || drop->reason != reason_bot) return drop;
    if (const std::string pattern = not_people_.bot_pattern(event); !pattern.empty())
        drop->message += ": it fits the pattern " + pattern;
    return drop;
}

void MemberJudge::take(destination::Translation translation, const Route& route, const RequestContext& context,
                       std::string_view because, Outcome& outcome) const {
    std::ranges::move(translation.warnings, std::back_inserter(outcome.warnings));
    if (outcome.evidence) outcome.evidence->origins = std::move(translation.origins);
    auto* record = std::get_if<model::Record>(&translation.outcome);
    if (record == nullptr) {
        outcome.result = std::get<Drop>(std::move(translation.outcome));
        return;
    }
    const bool proven = outcome.trust == model::Trust::Browser && context.proof;
    if (proven && translation.is_sale && !context.explain &&
        !proofs_.take_sale(*context.proof, std::chrono::steady_clock::now())) {
        outcome.trust = model::Trust::Anonymous;
        because = "its proof carries no more purchases today";
    }
    if (auto drop = lacks_trust(route.require, *record, translation.custom_name, outcome.trust, because)) {
        outcome.result = std::move(*drop);
        return;
    }
    outcome.cookies = std::move(translation.cookies);
    outcome.essence = translation.essence;
    outcome.event_id = record->event_id;
    outcome.sent_name = record->event_name;
    outcome.identifiers = identifier_keys(record->body);
    outcome.result = std::move(*record);
}

Outcome MemberJudge::judge_event(model::Event event, const http::Request& request, const RequestContext& context,
                                 Memos& memos) const {
    Outcome outcome;
    outcome.warnings = std::move(event.warnings);
    const Account* account = accounts_.choose(event, request);
    const Standing standing = standing_for(account, context);
    outcome.trust = standing.trust;
    outcome.to_stranger = is_stranger(account, context, standing.trust);
    note_signature(event, standing.trust);
    if (context.query_left_out && standing.trust == model::Trust::Signed)
        outcome.warnings.push_back({warnings::query_not_signed, "query", std::string(not_signed)});
    HitSource source;
    source.trusted = standing.trust >= model::Trust::Network;
    source.agent_left_out = keep_believed_visitor(event, request, context.client, standing.trust, outcome.warnings);
    if (context.explain) outcome.evidence = evidence_of(event, request, context.client, standing);
    source.agent_from_request = !event.user_agent;
    const bool doubtful = add_client(event, request, context.client, outcome);
    outcome.event_name = event.name;
    outcome.sender = event.sender;
    outcome.refuses_cookies =
        !may_write_cookies(account == nullptr ? ConsentPolicy::Respect : account->route.consent, event);
    if (account == nullptr) {
        outcome.result = Drop{reason_no_account, "", accounts_.why_none(event, request)};
        return outcome;
    }
    outcome.destination = account->route.destination;
    outcome.refusal = standing.refusal;
    if (auto drop = reason_to_drop(account->route, outcome.refusal, event, request, source, context.explain)) {
        outcome.result = std::move(*drop);
        return outcome;
    }
    if (context.visitor_id && !outcome.refuses_cookies) add_visitor_id(event, *context.visitor_id);
    outcome.subject = subject_of(event);
    if (doubtful) forget_impossible_address(event);
    take(outcome.destination->translate_sharing(event, request.received, memos.of(*outcome.destination)),
         account->route, context, standing.because, outcome);
    return outcome;
}

}  // namespace pinrelay::ingest
