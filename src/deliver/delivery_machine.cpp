#include "delivery_machine.hpp"

#include <algorithm>
#include <utility>

#include "longest_wait.hpp"

namespace pinrelay::deliver {
using std::chrono::milliseconds;

namespace {

// A record that failed so often makes way: it comes back a little later than the account does, so that records which
// the destination cannot stomach do not stand in front of all others for ever. Only a little: after an outage these are
// the fresh ones, which should not wait for a stale backlog.
constexpr int attempts_before_making_way = 3;

// Whether the records may have been processed although no verdict came.
bool is_ambiguous(const Outcome& outcome) {
    if (const auto* failure = std::get_if<net::Failure>(&outcome)) return failure->code == net::ClientErrc::Ambiguous;
    const auto& verdict = std::get<destination::Verdict>(outcome);
    if (std::holds_alternative<destination::Judged>(verdict.decision))
        return true;  // an answer that leaves records out
    const auto* retry = std::get_if<destination::Retry>(&verdict.decision);
    return retry != nullptr && retry->ambiguous;
}

std::string alarm_text(const destination::Pause& pause, const destination::Verdict& verdict) {
    if (!pause.hint.empty()) return pause.hint;
    return verdict.message.empty() ? "the destination refuses this account" : verdict.message;
}

// The words of a refusal of one record, which was sent alone; nothing for any other verdict.
const std::string* refusal_of_one(const destination::Verdict& verdict) {
    if (std::holds_alternative<destination::Isolate>(verdict.decision)) return &verdict.message;
    if (!std::holds_alternative<destination::Judged>(verdict.decision) || verdict.records.empty()) return nullptr;
    const auto& judgement = verdict.records.front();
    return judgement.fate == destination::Fate::Refused ? &judgement.message : nullptr;
}

}  // namespace

std::string words_of(const Outcome& outcome) {
    if (const auto* failure = std::get_if<net::Failure>(&outcome)) return failure->reason;
    return std::get<destination::Verdict>(outcome).message;
}

DeliveryMachine::DeliveryMachine(std::vector<model::StoredRecord> batch, AmbiguousOffline on_ambiguous)
    : batch_(std::move(batch)),
      sends_(batch_.size()),
      ambiguous_offline_(on_ambiguous),
      waiting_{Send{0, batch_.size()}},
      common_(batch_.size(), false) {}

DeliveryMachine::DeliveryMachine(std::vector<model::StoredRecord> batch, const std::vector<std::size_t>& parts,
                                 bool refused_before, AmbiguousOffline on_ambiguous)
    : batch_(std::move(batch)),
      sends_(batch_.size()),
      ambiguous_offline_(on_ambiguous),
      common_(batch_.size(), refused_before) {
    std::size_t first = 0;
    for (const std::size_t count : parts) {
        waiting_.push_back({first, count});
        first += count;
    }
}

Step DeliveryMachine::resume(const Outcome& outcome, milliseconds wait, Time now) {
    count_send();
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
    if (is_ambiguous(outcome)) give_back_unsure(step, take_first(), wait, now);
    return give_back(std::move(step), wait, now);
}

bool DeliveryMachine::is_refused_in_common(const Outcome& outcome) const {
    const auto* verdict = std::get_if<destination::Verdict>(&outcome);
    if (verdict == nullptr || waiting_.front().count != 1) return false;
    const std::string* words = refusal_of_one(*verdict);
    return words != nullptr && common_.would_complete(*words);
}

Step DeliveryMachine::give_all_back(milliseconds wait, Time now) {
    count_send();
    return give_back({}, wait, now);
}

Step DeliveryMachine::set_aside(const Outcome& outcome, milliseconds wait, bool hopeless, Time now) {
    count_send();
    Step step;
    const Send sent = take_first();
    std::size_t settled = 0;
    if (const auto* verdict = std::get_if<destination::Verdict>(&outcome);
        verdict != nullptr && std::holds_alternative<destination::Judged>(verdict->decision))
        settled = std::min(sent.count, verdict->records.size());
    const bool unsure = is_ambiguous(outcome);
    for (std::size_t i = sent.first; i < sent.first + sent.count; ++i) {
        if (i < sent.first + settled) {
            const auto& judgement = std::get<destination::Verdict>(outcome).records[i - sent.first];
            step.settlements.push_back(judgement.fate == destination::Fate::Delivered
                                           ? spool::Settlement::delivered(batch_[i].id)
                                           : dead(i, spool::reasons::refused, judgement.message));
        } else if (unsure && must_not_repeat(batch_[i])) {
            step.settlements.push_back(dead(i, spool::reasons::ambiguous_offline, "no answer came to the request"));
        } else if (hopeless) {
            step.settlements.push_back(dead(i, spool::reasons::server_error, words_of(outcome)));
        } else {
            step.settlements.push_back(spool::Settlement::retry(batch_[i].id, now + wait, sends_[i]));
        }
    }
    return next_or_finish(std::move(step));
}

Step DeliveryMachine::not_sent(milliseconds wait, Time now) { return give_back({}, wait, now); }

Step DeliveryMachine::judged(const destination::Verdict& verdict, milliseconds wait, Time now) {
    Step step;
    const Send sent = take_first();
    const std::size_t answered = std::min(sent.count, verdict.records.size());
    if (sent.count == 1 && answered == 1 && verdict.records.front().fate == destination::Fate::Refused) {
        refuse_alone(step, sent.first, spool::reasons::refused, verdict.records.front().message);
        return next_or_finish(std::move(step));
    }
    common_.decide();
    bury_refused(step);
    for (std::size_t i = 0; i < answered; ++i) {
        const auto& judgement = verdict.records[i];
        step.settlements.push_back(judgement.fate == destination::Fate::Delivered
                                       ? spool::Settlement::delivered(batch_[sent.first + i].id)
                                       : dead(sent.first + i, spool::reasons::refused, judgement.message));
    }
    if (answered == sent.count) return next_or_finish(std::move(step));
    give_back_unsure(step, {sent.first + answered, sent.count - answered}, wait, now);
    return give_back(std::move(step), wait, now);
}

Step DeliveryMachine::isolate(const destination::Verdict& verdict, bool ambiguous, Time now) {
    Step step;
    const Send sent = take_first();
    if (sent.count == 1) {
        refuse_alone(step, sent.first, spool::reasons::request_refused, verdict.message);
        return next_or_finish(std::move(step));
    }
    common_.refused_part(verdict.message);
    if (common_.is_decided()) bury_refused(step);
    if (ambiguous && holds_unrepeatable(sent)) {
        // The others come back in a batch without them, and are split then if they must be.
        give_back_unsure(step, sent, milliseconds(0), now);
        return next_or_finish(std::move(step));
    }
    const std::size_t half = sent.count / 2;
    waiting_.push_back({sent.first, half});
    waiting_.push_back({sent.first + half, sent.count - half});
    if (common_.wants_sample()) sample_singles();
    return next_or_finish(std::move(step));
}

void DeliveryMachine::refuse_alone(Step& step, std::size_t index, const spool::DeadLetterReason& reason,
                                   const std::string& message) {
    common_.refused_alone(message);
    refused_.push_back({index, &reason, message});
    if (common_.is_decided()) bury_refused(step);
}

void DeliveryMachine::bury_refused(Step& step) {
    for (const auto& [index, reason, message] : refused_) step.settlements.push_back(dead(index, *reason, message));
    refused_.clear();
}

// One record out of each part that waits, before the parts.
void DeliveryMachine::sample_singles() {
    std::vector<Send> singles;
    for (auto& part : waiting_) {
        if (part.count < 2 || singles.size() == sample_of_refused) continue;
        singles.push_back({part.first, 1});
        ++part.first;
        --part.count;
    }
    waiting_.insert(waiting_.begin(), singles.begin(), singles.end());
}

Step DeliveryMachine::next_or_finish(Step step) {
    if (waiting_.empty()) {
        bury_refused(step);
        step.next = Finish{};
    } else {
        step.next = waiting_.front();
    }
    return step;
}

Step DeliveryMachine::give_back(Step step, milliseconds wait, Time now) {
    for (const auto& refused : refused_) step.settlements.push_back(retry(refused.index, wait, now));
    refused_.clear();
    while (!waiting_.empty()) {
        const Send part = take_first();
        for (std::size_t i = 0; i < part.count; ++i) step.settlements.push_back(retry(part.first + i, wait, now));
    }
    step.next = Finish{};
    return step;
}

void DeliveryMachine::give_back_unsure(Step& step, Send sent, milliseconds wait, Time now) const {
    for (std::size_t i = sent.first; i < sent.first + sent.count; ++i)
        step.settlements.push_back(must_not_repeat(batch_[i])
                                       ? dead(i, spool::reasons::ambiguous_offline, "no answer came to the request")
                                       : retry(i, wait, now));
}

spool::Settlement DeliveryMachine::retry(std::size_t index, milliseconds wait, Time now) const {
    const bool makes_way = batch_[index].attempts >= attempts_before_making_way;
    const milliseconds way = makes_way ? std::min(wait, longest_way) : milliseconds(0);
    return spool::Settlement::retry(batch_[index].id, now + wait + way, sends_[index]);
}

spool::Settlement DeliveryMachine::dead(std::size_t index, const spool::DeadLetterReason& reason,
                                        const std::string& message) const {
    return spool::Settlement::dead(batch_[index].id, reason.label, message, sends_[index]);
}

bool DeliveryMachine::must_not_repeat(const model::StoredRecord& stored) const noexcept {
    return !stored.record.deduplicated && ambiguous_offline_ == AmbiguousOffline::DeadLetter;
}

bool DeliveryMachine::holds_unrepeatable(Send sent) const {
    const auto first = batch_.begin() + static_cast<std::ptrdiff_t>(sent.first);
    return std::any_of(first, first + static_cast<std::ptrdiff_t>(sent.count),
                       [this](const auto& stored) { return must_not_repeat(stored); });
}

void DeliveryMachine::count_send() {
    const Send sent = waiting_.front();
    for (std::size_t i = sent.first; i < sent.first + sent.count; ++i) ++sends_[i];
}

Send DeliveryMachine::take_first() {
    const Send first = waiting_.front();
    waiting_.pop_front();
    return first;
}

}  // namespace pinrelay::deliver
