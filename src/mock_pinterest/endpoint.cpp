#include "endpoint.hpp"

#include <algorithm>
#include <utility>

#include "mock_pinterest/connection/control.hpp"

namespace pinrelay::mock {
namespace {

constexpr int too_large = 413;
constexpr int unauthorized = 401;
constexpr int too_many = 429;

RequestRecord record_of(const Endpoint::Opening& opening) {
    RequestRecord record;
    record.number = opening.number;
    record.connection = opening.connection;
    record.received_at = opening.received_at;
    record.account = opening.target.account;
    record.test = opening.target.test;
    return record;
}

EventRecord record_of(const Endpoint::Opening& opening, JudgedEvent event, std::size_t index) {
    EventRecord record;
    record.received_at = opening.received_at;
    record.account = opening.target.account;
    record.request = opening.number;
    record.index = index;
    record.test = opening.target.test;
    record.event_name = std::move(event.event_name);
    record.event_id = std::move(event.event_id);
    record.action_source = std::move(event.action_source);
    record.verdict = std::move(event.verdict);
    record.json = std::move(event.json);
    return record;
}

}  // namespace

Endpoint::Endpoint(const Options& options, Journal& journal, ScriptPlayer& script)
    : options_(options), journal_(journal), script_(script), rate_limiter_(options.policy.calls_per_minute) {}

Endpoint::Opening Endpoint::open(RequestHead head, std::uint64_t connection) {
    Opening opening;
    opening.control = is_control(head.target);
    opening.target = read_target(head.target);
    opening.head = std::move(head);
    opening.connection = connection;
    opening.received_at = options_.now();
    if (opening.control) return opening;
    opening.number = ++requests_;
    opening.choice = script_.choose({opening.target.account, opening.number, connection, std::nullopt});
    if (opening.choice.rule && opening.choice.rule->fault == Fault::ResetBefore) {
        opening.reset = true;
        record(opening, *opening.choice.rule, {}, 0);
    }
    return opening;
}

Reply Endpoint::finish(Opening opening, const std::string& body) {
    if (opening.control) return control(opening, body);
    if (opening.choice.needs_body) {
        opening.choice = script_.choose({opening.target.account, opening.number, opening.connection, body});
    }
    const Rule rule = opening.choice.rule.value_or(Rule{});
    const ReplyContext context = context_for(opening);
    Judgement judgement = judge(opening.head, opening.target, body, opening.received_at, options_);
    const bool known_caller = !judgement.refusal || judgement.refusal->status != unauthorized;
    if (context.rate_limit.exceeded && known_caller) judgement = {Refusal{too_many, "", ""}, {}};
    fail_events(rule, judgement.events);

    Reply reply = compose(rule, judgement, context);
    record(opening, rule, std::move(judgement), reply.status);
    return reply;
}

Reply Endpoint::refuse_size(const Opening& opening) {
    const Judgement judgement{Refusal{too_large, "", ""}, {}};
    ReplyContext context = context_for(opening);
    context.keep_alive = false;
    Reply reply = compose({}, judgement, context);
    // The client may still be sending: a plain close would answer that with a reset and could lose the answer.
    reply.ending = Ending::HalfClose;
    if (!opening.control) record(opening, {}, judgement, reply.status);
    return reply;
}

void Endpoint::abandon(const Opening& opening) {
    if (opening.control) return;
    RequestRecord request = record_of(opening);
    request.message = "the client ended the connection before its body had come";
    journal_.record(std::move(request), {});
}

Reply Endpoint::control(const Opening& opening, const std::string& body) {
    const ControlAnswer result = answer_control(opening.head.method, opening.head.target, body, journal_, script_);
    ReplyContext context;
    context.keep_alive = opening.head.keep_alive;
    return answer(result.status, result.body, context);
}

ReplyContext Endpoint::context_for(const Opening& opening) {
    constexpr std::uint64_t sixteen_digits = 10'000'000'000'000'000U;
    ReplyContext context;
    context.request_id = std::to_string(random_() % sixteen_digits);
    context.rate_limit = rate_limiter_.count(opening.target.account, opening.received_at);
    context.token = bearer_token(opening.head.authorization);
    context.keep_alive = opening.head.keep_alive;
    context.failures_answer_422 = options_.policy.failures_answer_422 || options_.policy.plain_email_answers_422;
    return context;
}

void Endpoint::record(const Opening& opening, const Rule& rule, Judgement judgement, int status) {
    RequestRecord request = record_of(opening);
    request.status = status;
    if (rule.fault != Fault::None) request.fault = name_of(rule.fault);
    request.accepted = rule.fault != Fault::ResetBefore && !judgement.refusal && accepts(rule);
    if (judgement.refusal) {
        request.message = judgement.refusal->message;
        request.where = judgement.refusal->where;
    }
    std::vector<EventRecord> events;
    if (request.accepted) {
        for (std::size_t i = 0; i < judgement.events.size(); ++i) {
            request.processed += judgement.events[i].verdict.processed ? 1 : 0;
            events.push_back(record_of(opening, std::move(judgement.events[i]), i));
        }
    }
    request.events = events.size();
    journal_.record(std::move(request), std::move(events));
}

}  // namespace pinrelay::mock
