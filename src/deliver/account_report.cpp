#include "account_report.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "pinrelay/spool/dead_letter_reasons.hpp"
#include "warning_kinds.hpp"

namespace pinrelay::deliver {
using std::chrono::milliseconds;

namespace {

// A stream of refused events must not become a stream of sentences: the rest of the minute is told with the next.
constexpr std::chrono::minutes between_dead_letter_sentences{1};

constexpr int lowest_status = 100;
constexpr int highest_status = 599;

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

void AccountReport::warnings(const destination::Verdict& verdict) {
    std::map<std::string_view, std::size_t> counts;
    for (const auto& record : verdict.records)
        for (const auto kind : warning_kinds(record.warning)) ++counts[kind];
    for (const auto& [kind, records] : counts) metrics_.pinterest_warning(name_, kind, records);
}

void AccountReport::settled(const std::vector<model::StoredRecord>& batch,
                            const std::vector<spool::Settlement>& settlements, Time answered) {
    for (const auto& [took, records] : latencies(batch, settlements, answered))
        metrics_.delivery_latency(name_, took, records);
    const auto retried = std::ranges::count_if(
        settlements, [](const auto& settlement) { return settlement.fate == spool::Settlement::Fate::Retry; });
    if (retried > 0) metrics_.retried(name_, static_cast<std::size_t>(retried));
    dead_letters(settlements, answered);
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
    if (records > 0) tell_dead_letters(records, std::string(spool::reasons::too_old.label), message, now);
}

void AccountReport::tell_dead_letters(std::size_t count, const std::string& reason, const std::string& message,
                                      Time now) {
    untold_dead_letters_ += count;
    if (dead_letters_told_ && now - *dead_letters_told_ < between_dead_letter_sentences && now >= *dead_letters_told_)
        return;
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

void AccountReport::failed(const std::string& reason, milliseconds wait) {
    if (std::exchange(failing_, true)) {
        logger_.debug("delivery failed again",
                      {{"destination", name_}, {"reason", reason}, {"wait_ms", std::to_string(wait.count())}});
        return;
    }
    logger_.warn("delivery failed; the events are kept and tried again",
                 {{"destination", name_}, {"reason", reason}, {"wait_ms", std::to_string(wait.count())}});
}

void AccountReport::refused(const std::string& alarm) {
    if (std::exchange(paused_, true)) return;
    metrics_.paused(name_, true);
    logger_.error("delivery is paused until somebody acts; the events are kept",
                  {{"destination", name_}, {"hint", alarm}});
}

void AccountReport::answered() {
    if (std::exchange(paused_, false)) {
        metrics_.paused(name_, false);
        failing_ = false;
        logger_.info("the pause is over; delivery goes on", {{"destination", name_}});
    }
    if (std::exchange(failing_, false)) logger_.info("delivery works again", {{"destination", name_}});
}

void AccountReport::store_failed(const std::string& what, const ErrorCode& error) {
    if (std::exchange(store_failing_, true)) return;
    logger_.error("the store failed; trying again until it works",
                  {{"destination", name_}, {"doing", what}, {"reason", error.message()}});
}

void AccountReport::store_works() {
    if (std::exchange(store_failing_, false)) logger_.info("the store works again", {{"destination", name_}});
}

void AccountReport::settlements_lost(std::size_t count) {
    logger_.error("what became of some events could not be stored; they are sent again after the next start",
                  {{"destination", name_}, {"events", std::to_string(count)}});
}

}  // namespace pinrelay::deliver
