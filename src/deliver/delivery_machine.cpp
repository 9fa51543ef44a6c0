#include "delivery_machine.hpp"

#include <algorithm>
#include <utility>

#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::deliver {
using std::chrono::milliseconds;

namespace {

// A record that failed so often makes way: it comes back a little later than the account does, so that records which
// the destination cannot stomach do not stand in front of all others for ever. Only a little: after an outage these are
// the fresh ones, which should not wait for a stale backlog.
constexpr int attempts_before_making_way = 3;
constexpr milliseconds longest_way{500};

// Whether the records may have been processed although no verdict came.
bool is_ambiguous(const Outcome& outcome) {
    if (const auto* failure = std::get_if<net::Failure>(&outcome)) return failure->code == net::ClientErrc::Ambiguous;
    const auto* retry = std::get_if<destination::Retry>(&std::get<destination::Verdict>(outcome).decision);
    return retry != nullptr && retry->ambiguous;
}

std::string alarm_text(const destination::Pause& pause, const destination::Verdict& verdict) {
    if (!pause.hint.empty()) return pause.hint;
    return verdict.message.empty() ? "the destination refuses this account" : verdict.message;
}

}  // namespace

DeliveryMachine::DeliveryMachine(std::vector<model::StoredRecord> batch, AmbiguousOffline on_ambiguous)
    : batch_(std::move(batch)), ambiguous_offline_(on_ambiguous), waiting_{Send{0, batch_.size()}} {}

Send DeliveryMachine::start() { return waiting_.back(); }

Step DeliveryMachine::resume(const Outcome& outcome, milliseconds wait, Time now) {
    Step step;
    if (const auto* verdict = std::get_if<destination::Verdict>(&outcome)) {
        if (std::holds_alternative<destination::Judged>(verdict->decision)) return judged(*verdict, wait, now);
        if (const auto* refused_part = std::get_if<destination::Isolate>(&verdict->decision))
            return isolate(*verdict, refused_part->ambiguous, now);
        if (const auto* pause = std::get_if<destination::Pause>(&verdict->decision))
            step.alarm = alarm_text(*pause, *verdict);
    } else if (const auto& failure = std::get<net::Failure>(outcome);
               failure.code == net::ClientErrc::CertificateRefused) {
        step.alarm = "the destination's certificate is not trusted: " + failure.reason;
    }
    if (is_ambiguous(outcome)) give_back_unsure(step, take_top(), wait, now);
    return give_back(std::move(step), wait, now);
}

Step DeliveryMachine::judged(const destination::Verdict& verdict, milliseconds wait, Time now) {
    Step step;
    const Send sent = take_top();
    const std::size_t answered = std::min(sent.count, verdict.records.size());
    for (std::size_t i = 0; i < answered; ++i) {
        const auto& stored = batch_[sent.first + i];
        const auto& judgement = verdict.records[i];
        step.settlements.push_back(
            judgement.fate == destination::Fate::Delivered
                ? spool::Settlement::delivered(stored.id)
                : spool::Settlement::dead(stored.id, spool::reasons::refused.label, judgement.message));
    }
    if (answered == sent.count) return next_or_finish(std::move(step));
    give_back_unsure(step, {sent.first + answered, sent.count - answered}, wait, now);
    return give_back(std::move(step), wait, now);
}

Step DeliveryMachine::isolate(const destination::Verdict& verdict, bool ambiguous, Time now) {
    Step step;
    const Send sent = take_top();
    if (sent.count == 1) {
        step.settlements.push_back(
            spool::Settlement::dead(batch_[sent.first].id, spool::reasons::request_refused.label, verdict.message));
        return next_or_finish(std::move(step));
    }
    if (ambiguous && holds_unrepeatable(sent)) {
        // The others come back in a batch without them, and are split then if they must be.
        give_back_unsure(step, sent, milliseconds(0), now);
        return next_or_finish(std::move(step));
    }
    const std::size_t half = sent.count / 2;
    waiting_.push_back({sent.first + half, sent.count - half});
    waiting_.push_back({sent.first, half});
    return next_or_finish(std::move(step));
}

Step DeliveryMachine::next_or_finish(Step step) {
    if (waiting_.empty()) {
        step.next = Finish{};
    } else {
        step.next = waiting_.back();
    }
    return step;
}

Step DeliveryMachine::give_back(Step step, milliseconds wait, Time now) {
    while (!waiting_.empty()) {
        const Send part = take_top();
        for (std::size_t i = 0; i < part.count; ++i)
            step.settlements.push_back(retry(batch_[part.first + i], wait, now));
    }
    step.next = Finish{};
    return step;
}

void DeliveryMachine::give_back_unsure(Step& step, Send sent, milliseconds wait, Time now) const {
    for (std::size_t i = 0; i < sent.count; ++i) {
        const auto& stored = batch_[sent.first + i];
        step.settlements.push_back(must_not_repeat(stored)
                                       ? spool::Settlement::dead(stored.id, spool::reasons::ambiguous_offline.label,
                                                                 "no answer came to the request")
                                       : retry(stored, wait, now));
    }
}

spool::Settlement DeliveryMachine::retry(const model::StoredRecord& stored, milliseconds wait, Time now) const {
    const bool makes_way = stored.attempts >= attempts_before_making_way;
    const milliseconds way = makes_way ? std::min(wait, longest_way) : milliseconds(0);
    return spool::Settlement::retry(stored.id, now + wait + way);
}

bool DeliveryMachine::must_not_repeat(const model::StoredRecord& stored) const noexcept {
    return !stored.record.deduplicated && ambiguous_offline_ == AmbiguousOffline::DeadLetter;
}

bool DeliveryMachine::holds_unrepeatable(Send sent) const {
    const auto first = batch_.begin() + static_cast<std::ptrdiff_t>(sent.first);
    return std::any_of(first, first + static_cast<std::ptrdiff_t>(sent.count),
                       [this](const auto& stored) { return must_not_repeat(stored); });
}

Send DeliveryMachine::take_top() {
    const Send top = waiting_.back();
    waiting_.pop_back();
    return top;
}

}  // namespace pinrelay::deliver
