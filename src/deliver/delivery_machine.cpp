#include "delivery_machine.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "deliver/report/warning_kinds.hpp"
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

bool is_refused(const destination::RecordVerdict& judgement) { return judgement.fate == destination::Fate::Refused; }
bool is_delivered(const destination::RecordVerdict& judgement) {
    return judgement.fate == destination::Fate::Delivered;
}

}  // namespace

std::string_view words_of_refusal(const destination::Verdict& verdict) {
    const auto refused = std::ranges::find_if(verdict.records, is_refused);
    return refused == verdict.records.end() ? std::string_view(verdict.message) : std::string_view(refused->message);
}

std::string words_of(const Outcome& outcome) {
    if (const auto* failure = std::get_if<net::Failure>(&outcome)) return failure->reason;
    return std::get<destination::Verdict>(outcome).message;
}

DeliveryMachine::DeliveryMachine(std::vector<model::StoredRecord> batch, AmbiguousOffline on_ambiguous)
    : batch_(std::move(batch)),
      sends_(batch_.size()),
      ambiguous_offline_(on_ambiguous),
      waiting_{Send{0, batch_.size()}},
      common_(batch_.size(), refused_in_a_row),
      refusals_(batch_.size()),
      delivered_(batch_.size()) {}

DeliveryMachine::DeliveryMachine(std::vector<model::StoredRecord> batch, const std::vector<std::size_t>& parts,
                                 std::size_t sample, AmbiguousOffline on_ambiguous)
    : batch_(std::move(batch)),
      sends_(batch_.size()),
      ambiguous_offline_(on_ambiguous),
      common_(batch_.size(), sample),
      refusals_(batch_.size()),
      delivered_(batch_.size()) {
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
            return isolate(*verdict, refused_part->ambiguous, now, wait);
        if (const auto* pause = std::get_if<destination::Pause>(&verdict->decision))
            step.alarm = alarm_text(*pause, *verdict);
    } else if (const auto& failure = std::get<net::Failure>(outcome);
               failure.code == net::ClientErrc::CertificateRefused) {
        step.alarm = "the destination's certificate is not trusted: " + failure.reason;
    }
    if (is_ambiguous(outcome)) {
        const Send sent = take_first();
        for (std::size_t i = 0; i < sent.count; ++i) give_back_unsure(step, sent.first + i, wait, now);
    }
    return give_back(std::move(step), wait, now);
}

bool DeliveryMachine::is_last_word(std::size_t index) const noexcept {
    const Refusal& refusal = refusals_[index];
    return refusal.is_believed || (refusal.answer > 0 && taken_ > refusal.answer);
}

std::vector<std::size_t> DeliveryMachine::refused_alone(const Outcome& outcome) const {
    const auto* verdict = std::get_if<destination::Verdict>(&outcome);
    if (verdict == nullptr) return {};
    const Send sent = waiting_.front();
    if (std::holds_alternative<destination::Isolate>(verdict->decision) && sent.count == 1) return {sent.first};
    if (!std::holds_alternative<destination::Judged>(verdict->decision)) return {};
    if (std::ranges::any_of(verdict->records, is_delivered)) return {};
    std::vector<std::size_t> indexes;
    const std::size_t answered = std::min(sent.count, verdict->records.size());
    for (std::size_t i = 0; i < answered; ++i)
        if (is_refused(verdict->records[i]) && !may_have_arrived(verdict->records[i], sent.first + i))
            indexes.push_back(sent.first + i);
    return indexes;
}

std::vector<std::size_t> DeliveryMachine::doubtful(const Outcome& outcome) const {
    auto indexes = refused_alone(outcome);
    std::erase_if(indexes, [this](std::size_t index) { return is_last_word(index); });
    return indexes;
}

bool DeliveryMachine::is_refused_in_common(const Outcome& outcome) const {
    const auto doubted = doubtful(outcome);
    return !doubted.empty() &&
           common_.would_complete(words_of_refusal(std::get<destination::Verdict>(outcome)), doubted.size());
}

std::vector<model::StoredRecord> DeliveryMachine::sent_and_unsettled() const {
    std::vector<model::StoredRecord> records;
    records.reserve(batch_.size());
    const auto add = [this, &records](Send part, bool is_sent) {
        for (std::size_t i = part.first; i < part.first + part.count; ++i)
            if (is_sent || sends_[i] > 0) records.push_back(batch_[i]);
    };
    for (std::size_t part = 0; part < waiting_.size(); ++part) add(waiting_[part], part == 0);
    for (const Kept& kept : kept_) add(kept.part, true);
    return records;
}

Step DeliveryMachine::give_all_back(const Outcome& outcome, milliseconds wait, Time now) {
    count_send();
    Step step;
    if (const auto& verdict = std::get<destination::Verdict>(outcome); !verdict.records.empty()) {
        const Send sent = take_first();
        for (const std::size_t index : settle_answered(step, sent, verdict, wait))
            give_back_unsure(step, index, wait, now);
    }
    return give_back(std::move(step), wait, now);
}

Step DeliveryMachine::set_aside(const Outcome& outcome, milliseconds wait, bool hopeless, Time now) {
    count_send();
    Step step;
    const Send sent = take_first();
    std::vector<std::size_t> unclear;
    if (const auto* verdict = std::get_if<destination::Verdict>(&outcome);
        verdict != nullptr && std::holds_alternative<destination::Judged>(verdict->decision)) {
        unclear = settle_answered(step, sent, *verdict, wait);
    } else {
        for (std::size_t i = 0; i < sent.count; ++i) unclear.push_back(sent.first + i);
    }
    const bool unsure = is_ambiguous(outcome);
    for (const std::size_t i : unclear) {
        if (unsure && must_not_repeat(batch_[i])) {
            step.settlements.push_back(dead(i, spool::reasons::ambiguous_offline, "no answer came to the request"));
        } else if (hopeless) {
            step.settlements.push_back(dead(i, spool::reasons::server_error, words_of(outcome)));
        } else {
            step.settlements.push_back(spool::Settlement::retry(batch_[i].id, now + wait, sends_[i]));
        }
    }
    return next_or_finish(std::move(step), now);
}

Step DeliveryMachine::not_sent(milliseconds wait, Time now) { return give_back({}, wait, now); }

Step DeliveryMachine::judged(const destination::Verdict& verdict, milliseconds wait, Time now) {
    Step step;
    const auto unclear = settle_answered(step, take_first(), verdict, wait);
    if (unclear.empty()) return next_or_finish(std::move(step), now);
    for (const std::size_t index : unclear) give_back_unsure(step, index, wait, now);
    return give_back(std::move(step), wait, now);
}

// Gives the records that the answer leaves without a verdict.
std::vector<std::size_t> DeliveryMachine::settle_answered(Step& step, Send sent, const destination::Verdict& verdict,
                                                          milliseconds wait) {
    const auto& records = verdict.records;
    const bool any_taken = std::ranges::any_of(records, is_delivered);
    for (std::size_t i = 0; i < std::min(sent.count, records.size()); ++i)
        delivered_[sent.first + i] = is_delivered(records[i]);
    if (any_taken) note_taken(step);
    std::vector<std::size_t> unclear;
    Send doubted;
    for (std::size_t i = 0; i < sent.count; ++i) {
        const std::size_t index = sent.first + i;
        if (i >= records.size() || records[i].fate == destination::Fate::Unclear) {
            unclear.push_back(index);
        } else if (is_delivered(records[i])) {
            step.settlements.push_back(
                spool::Settlement::delivered(batch_[index].id, joined_warning_kinds(records[i].warning)));
        } else if (may_have_arrived(records[i], index)) {
            step.settlements.push_back(dead(index, spool::reasons::ambiguous_offline, records[i].message));
        } else if (any_taken || is_last_word(index)) {
            step.settlements.push_back(dead(index, spool::reasons::refused, records[i].message));
        } else if (doubted.count > 0 && doubted.first + doubted.count == index) {
            ++doubted.count;
        } else {
            keep_refused(doubted, verdict, spool::reasons::refused, wait);
            doubted = {index, 1};
        }
    }
    keep_refused(doubted, verdict, spool::reasons::refused, wait);
    return unclear;
}

Step DeliveryMachine::isolate(const destination::Verdict& verdict, bool ambiguous, Time now, milliseconds wait) {
    Step step;
    const Send sent = take_first();
    if (sent.count == 1) {
        if (is_last_word(sent.first)) {
            step.settlements.push_back(dead(sent.first, spool::reasons::request_refused, verdict.message));
        } else {
            keep_refused(sent, verdict, spool::reasons::request_refused, wait);
        }
        return next_or_finish(std::move(step), now);
    }
    for (std::size_t i = sent.first; i < sent.first + sent.count; ++i)
        if (!refusals_[i].alone) refusals_[i].answer = answers_;
    refused_parts_.push_back({sent, answers_});
    common_.refused_part(verdict.message);
    if (ambiguous && holds_unrepeatable(sent)) {
        // The others come back in a batch without them, and are split then if they must be.
        for (std::size_t i = 0; i < sent.count; ++i) give_back_unsure(step, sent.first + i, milliseconds(0), now);
        return next_or_finish(std::move(step), now);
    }
    const std::size_t half = sent.count / 2;
    waiting_.push_back({sent.first, half});
    waiting_.push_back({sent.first + half, sent.count - half});
    if (common_.wants_sample()) sample_singles();
    return next_or_finish(std::move(step), now);
}

void DeliveryMachine::keep_refused(Send part, const destination::Verdict& verdict,
                                   const spool::DeadLetterReason& reason, milliseconds wait) {
    if (part.count == 0) return;
    for (std::size_t i = part.first; i < part.first + part.count; ++i) {
        refusals_[i].answer = answers_;
        refusals_[i].taken_before = taken_;
        refusals_[i].alone = true;
    }
    const std::string words(words_of_refusal(verdict));
    common_.refused_alone(words, part.count);
    kept_.push_back({part, wait, &reason, words});
}

// What is kept goes once more: if it is refused now, it is at fault.
void DeliveryMachine::note_taken(Step& step) {
    taken_ = answers_;
    common_.taken();
    for (const Kept& kept : kept_) {
        if (kept.part.count == 1 && is_only_explanation(kept.part.first)) {
            step.settlements.push_back(dead(kept.part.first, *kept.reason, kept.message));
        } else {
            waiting_.push_back(kept.part);
        }
    }
    kept_.clear();
}

// A part was refused, then something was taken, then the record was refused; and all others of the part are delivered.
bool DeliveryMachine::is_only_explanation(std::size_t index) const {
    return std::ranges::any_of(refused_parts_, [this, index](const RefusedPart& refused) {
        const auto [part, answer] = refused;
        if (index < part.first || index >= part.first + part.count) return false;
        if (answer >= refusals_[index].taken_before) return false;
        for (std::size_t i = part.first; i < part.first + part.count; ++i)
            if (i != index && !delivered_[i]) return false;
        return true;
    });
}

// Single records before the parts: one of each event name, the rarest first, since a bad event is seldom alone in its
// name; then one out of each part that waits.
void DeliveryMachine::sample_singles() {
    std::map<std::string_view, std::pair<std::size_t, std::size_t>> names;  // how many, and the first one's place
    for (const Send part : waiting_)
        for (std::size_t i = part.first; i < part.first + part.count; ++i)
            ++names.try_emplace(batch_[i].record.event_label, 0, i).first->second.first;
    std::vector<std::pair<std::size_t, std::size_t>> rarest;
    rarest.reserve(names.size());
    for (const auto& [name, found] : names) rarest.push_back(found);
    std::ranges::sort(rarest);

    std::vector<Send> singles;
    if (rarest.size() > 1)
        for (const auto& [count, index] : rarest) single_out(index, singles);
    const std::deque<Send> parts = waiting_;
    for (const Send part : parts) single_out(part.first, singles);
    waiting_.insert(waiting_.begin(), singles.begin(), singles.end());
}

// Takes the record out of the part that holds it, unless it is a part of its own or there are enough.
void DeliveryMachine::single_out(std::size_t index, std::vector<Send>& singles) {
    if (singles.size() == refused_in_a_row) return;
    const auto part = std::ranges::find_if(
        waiting_, [index](Send each) { return each.first <= index && index < each.first + each.count; });
    if (part == waiting_.end() || part->count < 2) return;
    const Send before{part->first, index - part->first};
    const Send behind{index + 1, part->first + part->count - index - 1};
    singles.push_back({index, 1});
    *part = before.count > 0 ? before : behind;
    if (before.count > 0 && behind.count > 0) waiting_.insert(std::next(part), behind);
}

Step DeliveryMachine::next_or_finish(Step step, Time now) {
    if (!waiting_.empty()) {
        step.next = waiting_.front();
        return step;
    }
    give_back_kept(step, milliseconds(0), now);
    step.next = Finish{};
    return step;
}

Step DeliveryMachine::give_back(Step step, milliseconds wait, Time now) {
    give_back_kept(step, wait, now);
    while (!waiting_.empty()) {
        const Send part = take_first();
        for (std::size_t i = 0; i < part.count; ++i) step.settlements.push_back(retry(part.first + i, wait, now));
    }
    step.next = Finish{};
    return step;
}

void DeliveryMachine::give_back_kept(Step& step, milliseconds at_least, Time now) {
    for (const Kept& kept : kept_)
        for (std::size_t i = 0; i < kept.part.count; ++i)
            step.settlements.push_back(retry(kept.part.first + i, std::max(kept.wait, at_least), now));
    kept_.clear();
}

void DeliveryMachine::give_back_unsure(Step& step, std::size_t index, milliseconds wait, Time now) const {
    step.settlements.push_back(must_not_repeat(batch_[index])
                                   ? dead(index, spool::reasons::ambiguous_offline, "no answer came to the request")
                                   : retry(index, wait, now));
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

bool DeliveryMachine::may_have_arrived(const destination::RecordVerdict& refusal, std::size_t index) const noexcept {
    return refusal.maybe_delivered && must_not_repeat(batch_[index]);
}

bool DeliveryMachine::holds_unrepeatable(Send sent) const {
    const auto first = batch_.begin() + static_cast<std::ptrdiff_t>(sent.first);
    return std::any_of(first, first + static_cast<std::ptrdiff_t>(sent.count),
                       [this](const auto& stored) { return must_not_repeat(stored); });
}

void DeliveryMachine::count_send() {
    ++answers_;
    const Send sent = waiting_.front();
    for (std::size_t i = sent.first; i < sent.first + sent.count; ++i) ++sends_[i];
}

Send DeliveryMachine::take_first() {
    const Send first = waiting_.front();
    waiting_.pop_front();
    return first;
}

}  // namespace pinrelay::deliver
