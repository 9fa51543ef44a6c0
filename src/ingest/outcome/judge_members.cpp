#include "judge_members.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ingest/access/account_routes.hpp"
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
bool add_client(model::Event& event, const http::Request& request, const RequestContext& context, Outcome& outcome) {
    const Client& client = context.client;
    if (outcome.trust == model::Trust::Signed) return false;
    const bool from_request = event.sender == model::Sender::Browser && !event.ip_address;
    model::Arena& arena = context.arena;
    const auto address =
        client.address ? std::optional(arena.copy(http::to_text(*client.address))) : std::nullopt;
    add_visitor(event, request, address, arena);
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

// Longer ones are no ids, and wait in memory.
constexpr std::size_t longest_id = 256;

std::string id_in(std::optional<std::string_view> text) {
    if (!text || identity::is_absent(*text)) return {};
    const auto id = identity::trim(*text);
    return id.size() <= longest_id ? std::string(id) : std::string();
}

// The record has its own id; the store gets no more of a dropped event than these.
void note_ids(const model::Event& event, Outcome& outcome) {
    outcome.order_id = id_in(event.transaction_id);
    if (std::holds_alternative<Drop>(outcome.result)) outcome.sent_id = id_in(event.event_id);
}

}  // namespace

std::vector<Outcome> MemberJudge::judge(decode::Members members, const http::Request& request,
                                        const RequestContext& context) const {
    std::vector<Outcome> outcomes;
    outcomes.reserve(members.size());
    Memos memos(members.size());
    for (auto& member : members) {
        if (auto* event = std::get_if<model::Event>(&member)) {
            outcomes.push_back(judge_event(*event, request, context, memos));
            note_ids(*event, outcomes.back());
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
                                                const HitSource& source, const RequestContext& context) const {
    if (refusal) return Drop{refusal->code, "", std::string(refusal->message)};
    if (auto drop = not_people(event, request, source, context.explain)) return drop;
    return apply(route.consent, event, context.arena);
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
    outcome.quality = translation.quality;
    if (!translation.quality.is_empty()) outcome.event_label = record->event_label;
    outcome.sent_name = record->event_name;
    outcome.identifiers = std::move(translation.identifiers);
    outcome.result = std::move(*record);
}

Outcome MemberJudge::judge_event(model::Event& event, const http::Request& request, const RequestContext& context,
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
    const bool doubtful = add_client(event, request, context, outcome);
    outcome.event_name = event.name;
    outcome.sender = event.sender;
    outcome.refuses_cookies =
        !may_write_cookies(account == nullptr ? ConsentPolicy::Respect : account->route.consent, event);
    if (account == nullptr) {
        outcome.result = Drop{reason_no_account, "", accounts_.why_none(event, request)};
        return outcome;
    }
    outcome.destination = account->route.destination;
    if (outcome.evidence && !outcome.to_stranger) {
        outcome.evidence->consent_policy = name_of(account->route.consent);
        outcome.evidence->account_because = why_route(account->route);
    }
    outcome.refusal = standing.refusal;
    if (auto drop = reason_to_drop(account->route, outcome.refusal, event, request, source, context)) {
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
