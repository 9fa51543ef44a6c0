#include "reply.hpp"

#include <algorithm>

namespace pinrelay::mock {
namespace {

constexpr int ok = 200;
constexpr int no_content = 204;
constexpr int unprocessable = 422;

std::vector<EventVerdict> verdicts_of(const Judgement& judgement) {
    std::vector<EventVerdict> verdicts;
    for (const JudgedEvent& event : judgement.events) verdicts.push_back(event.verdict);
    return verdicts;
}

bool any_failed(const std::vector<EventVerdict>& verdicts) {
    return std::ranges::any_of(verdicts, [](const EventVerdict& verdict) { return !verdict.processed; });
}

Reply scripted_status(const Rule& rule, const ReplyContext& context) {
    AnswerHead head{rule.status,      context.request_id, context.rate_limit,
                    rule.retry_after, rule.headers,       !context.keep_alive};
    if (rule.rate_limit_reset) {
        head.rate_limit.remaining = 0;
        head.rate_limit.reset = *rule.rate_limit_reset;
    }
    const std::string echo = rule.echo_token ? "Authentication failed for token " + context.token : "";
    const std::string body =
        rule.status == no_content ? "" : rule.body.value_or(error_body(rule.status, echo, rule.code));
    Reply reply;
    reply.bytes = head_text(head, body.size()) + body;
    reply.status = rule.status;
    return reply;
}

Reply usual(const Judgement& judgement, const Rule& rule, const ReplyContext& context) {
    if (judgement.refusal) {
        const Refusal& refusal = *judgement.refusal;
        return answer(refusal.status, error_body(refusal.status, refusal.message), context);
    }
    const auto verdicts = verdicts_of(judgement);
    const bool asked_for_422 = rule.fault == Fault::FailEvents && rule.status == unprocessable;
    if (any_failed(verdicts) && (asked_for_422 || context.failures_answer_422))
        return answer(unprocessable, unprocessable_body(verdicts), context);
    return answer(ok, results_body(verdicts, rule.fault == Fault::CountMismatch ? rule.difference : 0), context);
}

Reply malformed(const Judgement& judgement, const Rule& rule, const ReplyContext& context) {
    const std::string good = results_body(verdicts_of(judgement));
    return answer(ok, rule.body.value_or(good.substr(0, good.size() / 2)), context);
}

Reply truncated(const Judgement& judgement, const ReplyContext& context) {
    const std::string body = results_body(verdicts_of(judgement));
    Reply reply = answer(ok, body, context);
    reply.bytes.resize(reply.bytes.size() - (body.size() - body.size() / 2));
    reply.ending = Ending::Close;
    reply.status = 0;
    return reply;
}

Reply ending_only(Ending ending) {
    Reply reply;
    reply.ending = ending;
    return reply;
}

Reply reply_of(const Rule& rule, const Judgement& judgement, const ReplyContext& context) {
    const bool refused = judgement.refusal.has_value();
    switch (rule.fault) {
        case Fault::Status: return scripted_status(rule, context);
        case Fault::Hang: return ending_only(Ending::Hang);
        case Fault::ResetBefore:
        case Fault::ResetAfter: return ending_only(Ending::Reset);
        case Fault::HalfClose: return ending_only(Ending::HalfClose);
        case Fault::Raw: {
            Reply reply = ending_only(Ending::Close);
            reply.bytes = rule.body.value_or("this is not HTTP\r\n");
            return reply;
        }
        case Fault::MalformedBody:
            if (!refused) return malformed(judgement, rule, context);
            break;
        case Fault::TruncatedBody:
            if (!refused) return truncated(judgement, context);
            break;
        case Fault::CloseAfterAnswer: {
            Reply reply = usual(judgement, rule, context);
            reply.ending = Ending::Close;
            return reply;
        }
        case Fault::None:
        case Fault::FailEvents:
        case Fault::CountMismatch:
        case Fault::CloseHandshake: break;
    }
    return usual(judgement, rule, context);
}

}  // namespace

void fail_events(const Rule& rule, std::vector<JudgedEvent>& events) {
    if (rule.fault != Fault::FailEvents) return;
    const bool all = rule.indexes.empty() && !rule.event_id_contains;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const bool listed = std::ranges::find(rule.indexes, i) != rule.indexes.end();
        const bool named =
            rule.event_id_contains && events[i].event_id.find(*rule.event_id_contains) != std::string::npos;
        if (all || listed || named) events[i].verdict = {false, rule.message, events[i].verdict.warning};
    }
}

Reply answer(int status, const std::string& body, const ReplyContext& context) {
    const AnswerHead head{status, context.request_id, context.rate_limit, {}, {}, !context.keep_alive};
    Reply reply;
    reply.bytes = head_text(head, body.size()) + body;
    reply.status = status;
    if (!context.keep_alive) reply.ending = Ending::Close;
    return reply;
}

Reply compose(const Rule& rule, const Judgement& judgement, const ReplyContext& context) {
    Reply reply = reply_of(rule, judgement, context);
    reply.delay = rule.delay;
    reply.drip = rule.drip;
    if (!context.keep_alive && reply.ending == Ending::KeepAlive) reply.ending = Ending::Close;
    return reply;
}

}  // namespace pinrelay::mock
