#include "account_report.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "pinrelay/spool/dead_letter_reasons.hpp"
#include "warning_kinds.hpp"

namespace pinrelay::deliver {
using std::chrono::milliseconds;

namespace {

// A stream of refused events, or of failures that are soon over, must not become a stream of sentences: the next tells
// the minute's rest.
constexpr std::chrono::minutes between_sentences{1};

bool was_told_lately(const std::optional<Time>& told, Time now) {
    return told && now >= *told && now - *told < between_sentences;
}

// A failure that is younger when the minute is over is none of "nothing is taken".
constexpr std::chrono::seconds shortest_outage{10};

constexpr int lowest_status = 100;
constexpr int highest_status = 599;

std::string in_seconds(Time::duration length) {
    return std::to_string(std::max<std::int64_t>(std::chrono::ceil<std::chrono::seconds>(length).count(), 0));
}

}  // namespace

std::string result_label(const net::Failure& failure) {
    switch (failure.code) {
        case net::ClientErrc::NotSent: return "not_sent";
        case net::ClientErrc::CertificateRefused: return "certificate_refused";
        case net::ClientErrc::Ambiguous: break;
    }
    return "ambiguous";
}

std::string result_label(const http::Response& response) {
    if (response.status < lowest_status || response.status > highest_status) return "other";
    return std::to_string(response.status);
}

std::vector<std::pair<milliseconds, std::size_t>> latencies(const std::vector<model::StoredRecord>& batch,
                                                            const std::vector<spool::Settlement>& settlements,
                                                            Time answered) {
    std::unordered_map<model::RecordId, Time> accepted;
    for (const auto& stored : batch) accepted.emplace(stored.id, stored.accepted);
    std::map<milliseconds, std::size_t> counts;
    for (const auto& settlement : settlements) {
        const auto found = accepted.find(settlement.id);
        if (settlement.fate != spool::Settlement::Fate::Delivered || found == accepted.end()) continue;
        const auto took = std::chrono::duration_cast<milliseconds>(answered - found->second);
        ++counts[std::max(took, milliseconds(0))];
    }
    return {counts.begin(), counts.end()};
}

void AccountReport::warnings(const destination::Verdict& verdict, Time now) {
    std::map<std::string_view, std::size_t> counts;
    for (const auto& record : verdict.records)
        for (const auto kind : warning_kinds(record.warning)) ++counts[kind];
    for (const auto& [kind, records] : counts) metrics_.pinterest_warning(name_, kind, records);
    if (!verdict.contradictions.empty()) contradicted(verdict, now);
}

void AccountReport::contradicted(const destination::Verdict& verdict, Time now) {
    std::string kinds;
    for (const auto kind : verdict.contradictions) {
        metrics_.contradiction(name_, kind);
        kinds += (kinds.empty() ? "" : ",") + std::string(kind);
    }
    if (was_told_lately(contradiction_told_, now)) return;
    contradiction_told_ = now;
    const auto unclear = std::ranges::count_if(
        verdict.records, [](const auto& record) { return record.fate == destination::Fate::Unclear; });
    logger_.warn(
        "an answer of the destination contradicts itself; events without a clear verdict are sent again",
        {{"destination", name_}, {"kinds", kinds}, {"unclear", std::to_string(unclear)}, {"answer", verdict.message}});
}

void AccountReport::settled(const std::vector<model::StoredRecord>& batch,
                            const std::vector<spool::Settlement>& settlements, Time answered) {
    for (const auto& [took, records] : latencies(batch, settlements, answered))
        metrics_.delivery_latency(name_, took, records);
    const auto retried = std::ranges::count_if(
        settlements, [](const auto& settlement) { return settlement.fate == spool::Settlement::Fate::Retry; });
    if (retried > 0) metrics_.retried(name_, static_cast<std::size_t>(retried));
    dead_letters(settlements, answered);
    count_inherited(batch, settlements, answered);
}

void AccountReport::started(std::uint64_t pending, Time now) {
    metrics_.paused(name_, memory_.status.state == AccountStatus::State::Paused);
    if (memory_.status.next_try) memory_.status.next_try = now;
    if (!std::exchange(memory_.is_new, false) || pending == 0) return;
    memory_.inherited = {pending, pending, 0, now};
    logger_.info("events of a former run wait; they are sent now",
                 {{"destination", name_}, {"events", std::to_string(pending)}});
}

void AccountReport::count_inherited(const std::vector<model::StoredRecord>& batch,
                                    const std::vector<spool::Settlement>& settlements, Time now) {
    if (memory_.inherited.left == 0) return;
    std::unordered_map<model::RecordId, bool> inherited;
    for (const auto& stored : batch) inherited.emplace(stored.id, stored.accepted < memory_.inherited.since);
    std::uint64_t events = 0;
    std::uint64_t dead = 0;
    for (const auto& settlement : settlements) {
        const auto found = inherited.find(settlement.id);
        if (settlement.fate == spool::Settlement::Fate::Retry || found == inherited.end() || !found->second) continue;
        ++events;
        dead += settlement.fate == spool::Settlement::Fate::DeadLetter ? 1 : 0;
    }
    inherited_settled(events, dead, now);
}

void AccountReport::inherited_settled(std::uint64_t events, std::uint64_t dead_letters, Time now) {
    Inherited& inherited = memory_.inherited;
    if (inherited.left == 0 || events == 0) return;
    inherited.left -= std::min(inherited.left, events);
    inherited.dead_letters += dead_letters;
    if (inherited.left > 0) return;
    logger_.info("the events that waited at the start are out",
                 {{"destination", name_},
                  {"events", std::to_string(inherited.events)},
                  {"delivered", std::to_string(inherited.events - std::min(inherited.events, inherited.dead_letters))},
                  {"dead_letters", std::to_string(inherited.dead_letters)},
                  {"after_s", in_seconds(now - inherited.since)}});
}

void AccountReport::round(std::uint64_t pending, Time::duration oldest, Time now) {
    const AccountStatus& status = memory_.status;
    if (status.state == AccountStatus::State::Working || pending == 0) return;
    const bool is_brief = status.state == AccountStatus::State::Failing && now >= status.since.value_or(now) &&
                          now - status.since.value_or(now) < shortest_outage;
    if (is_brief) return;
    is_untold_ = false;
    logger_.warn(status.state == AccountStatus::State::Paused
                     ? "delivery is still paused; the events are kept"
                     : "the destination still takes nothing; the events are kept and tried again",
                 {{"destination", name_},
                  {"pending", std::to_string(pending)},
                  {"oldest_s", in_seconds(oldest)},
                  {"since_s", in_seconds(now - status.since.value_or(now))},
                  {"attempts", std::to_string(status.failures)},
                  {"next_try_s", in_seconds(status.next_try.value_or(now) - now)},
                  {"reason", status.reason}});
}

void AccountReport::sent(const std::string& result, std::chrono::nanoseconds took, Time now) {
    metrics_.sent(name_, result, took);
    memory_.status.last_answer = result;
    memory_.status.answered = now;
}

void AccountReport::dead_letters(const std::vector<spool::Settlement>& settlements, Time now) {
    const spool::Settlement* last = nullptr;
    std::size_t count = 0;
    for (const auto& settlement : settlements) {
        if (settlement.fate != spool::Settlement::Fate::DeadLetter) continue;
        ++count;
        last = &settlement;
    }
    if (last != nullptr) tell_dead_letters(count, last->reason, last->message, now);
}

void AccountReport::expired(std::size_t records, const std::string& message, Time now) {
    inherited_settled(records, records, now);
    if (records > 0) tell_dead_letters(records, std::string(spool::reasons::too_old.label), message, now);
}

void AccountReport::tell_dead_letters(std::size_t count, const std::string& reason, const std::string& message,
                                      Time now) {
    untold_dead_letters_ += count;
    if (was_told_lately(dead_letters_told_, now)) return;
    dead_letters_told_ = now;
    logger_.error("events will not be delivered and are kept as dead letters",
                  {{"destination", name_},
                   {"events", std::to_string(std::exchange(untold_dead_letters_, 0))},
                   {"last_reason", reason},
                   {"last_message", message}});
}

void AccountReport::oldest_pending(Time::duration age, milliseconds warn_age) {
    const bool is_late = warn_age > milliseconds(0) && age > warn_age;
    metrics_.late(name_, is_late);
    if (std::exchange(late_, is_late) == is_late) return;
    const auto minutes = std::to_string(std::chrono::duration_cast<std::chrono::minutes>(age).count());
    if (is_late) {
        logger_.warn("events wait too long; after an hour Pinterest counts web events as offline ones",
                     {{"destination", name_}, {"oldest_minutes", minutes}});
    } else {
        logger_.info("no event waits too long any more", {{"destination", name_}, {"oldest_minutes", minutes}});
    }
}

void AccountReport::trouble(AccountStatus::State state, const std::string& reason, milliseconds wait, Time now) {
    AccountStatus& status = memory_.status;
    if (status.state == AccountStatus::State::Working) {
        status.since = now;
        status.failures = 0;
    }
    ++status.failures;
    status.state = state;
    status.reason = reason;
    status.next_try = now + wait;
}

void AccountReport::failed(const std::string& reason, milliseconds wait, Time now) {
    const AccountStatus before = memory_.status;
    // A pause lasts until something is taken: a failure in between explains nothing.
    if (before.state == AccountStatus::State::Paused) {
        trouble(before.state, before.reason, wait, now);
    } else {
        trouble(AccountStatus::State::Failing, reason, wait, now);
    }
    ++untold_failures_;
    const bool begins = before.state == AccountStatus::State::Working;
    if (begins) is_untold_ = was_told_lately(failure_told_, now);
    if (!begins || is_untold_) {
        logger_.debug("delivery failed again",
                      {{"destination", name_}, {"reason", reason}, {"wait_ms", std::to_string(wait.count())}});
        return;
    }
    failure_told_ = now;
    logger_.warn("delivery failed; the events are kept and tried again",
                 {{"destination", name_},
                  {"reason", reason},
                  {"wait_ms", std::to_string(wait.count())},
                  {"failures", std::to_string(std::exchange(untold_failures_, 0))}});
}

void AccountReport::refused(const std::string& alarm, milliseconds wait, Time now) {
    trouble(AccountStatus::State::Paused, alarm, wait, now);
    if (std::exchange(pause_told_, true)) return;
    metrics_.paused(name_, true);
    logger_.error("delivery is paused until somebody acts; the events are kept",
                  {{"destination", name_}, {"hint", alarm}});
}

void AccountReport::answered() {
    AccountStatus& status = memory_.status;
    const auto before = std::exchange(status.state, AccountStatus::State::Working);
    if (before == AccountStatus::State::Working) return;
    status.reason.clear();
    status.since.reset();
    status.next_try.reset();
    if (before != AccountStatus::State::Paused) {
        if (!std::exchange(is_untold_, false)) logger_.info("delivery works again", {{"destination", name_}});
        return;
    }
    is_untold_ = false;
    pause_told_ = false;
    metrics_.paused(name_, false);
    logger_.info("the pause is over; delivery works again", {{"destination", name_}});
}

void AccountReport::set_aside(const std::vector<model::StoredRecord>& batch, Send part, bool alone,
                              const std::string& reason, milliseconds wait, Time now) {
    logger_.debug("a request fails while others are taken; its events are tried apart from all others",
                  {{"destination", name_},
                   {"events", std::to_string(part.count)},
                   {"reason", reason},
                   {"wait_ms", std::to_string(wait.count())}});
    if (!alone) return;
    if (was_told_lately(set_aside_told_, now)) return;
    set_aside_told_ = now;
    logger_.warn("the destination fails at an event while it takes others; the event waits alone",
                 {{"destination", name_},
                  {"event_id", batch[part.first].record.event_id},
                  {"reason", reason},
                  {"wait_ms", std::to_string(wait.count())}});
}

void AccountReport::doubted(std::size_t records, const std::string& words, milliseconds wait, Time now) {
    metrics_.doubted(name_, records);
    if (was_told_lately(doubt_told_, now)) return;
    doubt_told_ = now;
    logger_.warn("events are refused, and no other was taken meanwhile; they are kept and tried again",
                 {{"destination", name_},
                  {"events", std::to_string(records)},
                  {"reason", words},
                  {"wait_ms", std::to_string(wait.count())}});
}

void AccountReport::store_failed(const std::string& what, const ErrorCode& error, Time now) {
    if (std::exchange(store_failing_, true)) return;
    is_store_failure_untold_ = was_told_lately(store_failure_told_, now);
    if (is_store_failure_untold_) return;
    store_failure_told_ = now;
    logger_.error("the store failed; trying again until it works",
                  {{"destination", name_}, {"doing", what}, {"reason", error.message()}});
}

void AccountReport::store_works() {
    if (!std::exchange(store_failing_, false) || is_store_failure_untold_) return;
    logger_.info("the store works again", {{"destination", name_}});
}

void AccountReport::settlements_lost(std::size_t count) {
    logger_.error("what became of some events could not be stored; they are sent again after the next start",
                  {{"destination", name_}, {"events", std::to_string(count)}});
}

}  // namespace pinrelay::deliver
