#include "memory_model.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace pinrelay::spool {

Duplicates MemoryModel::append(std::vector<Arrival> arrivals, Time now) {
    Duplicates duplicates;
    guard_.advance(now);
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        const Arrival& arrival = arrivals[i];
        Record& record = arrivals[i].record;
        Counts& counts = ledger_.by_label[{record.destination, record.event_label}];
        const DuplicateCheck check = guard_.check_and_remember(arrival);
        if (check == DuplicateCheck::Duplicate) {
            ++counts.folded;
            duplicates.push_back(i);
            continue;
        }
        ++counts.stored;
        if (check == DuplicateCheck::ReusedId) ++counts.reused;
        Pending entry;
        entry.stored.id = ++last_id_;
        entry.stored.accepted = now;
        entry.stored.record = std::move(record);
        ledger_.bytes += entry.stored.record.body.size();
        pending_.emplace(last_id_, std::move(entry));
    }
    guard_.keep();
    return duplicates;
}

Duplicates MemoryModel::check_duplicates(const std::vector<Arrival>& arrivals, Time now) const {
    Duplicates duplicates;
    ReferenceGuard trial = guard_;
    trial.advance(now);
    for (std::size_t i = 0; i < arrivals.size(); ++i)
        if (trial.check_and_remember(arrivals[i]) == DuplicateCheck::Duplicate) duplicates.push_back(i);
    return duplicates;
}

void MemoryModel::refuse(const std::vector<Arrival>& arrivals, Time now) {
    guard_.advance(now);
    ReferenceGuard undone = guard_;
    for (const Arrival& arrival : arrivals)
        last_id_ += undone.check_and_remember(arrival) == DuplicateCheck::Duplicate ? 0 : 1;
}

std::vector<StoredRecord> MemoryModel::lease(const LeaseRequest& request) {
    std::vector<Pending*> due;
    for (auto& [id, entry] : pending_) {
        if (entry.stored.record.destination != request.destination) continue;
        const bool is_stranded = request.longest_wait && entry.not_before > request.now + *request.longest_wait;
        if (is_stranded && request.max_records > 0) entry.not_before = {};
        if (request.event_since && entry.stored.record.event_time < *request.event_since) continue;
        if (request.fresh_only && entry.stored.record.event_time < request.fresh_since) continue;
        if (entry.not_before <= request.now && !held_.contains(id)) due.push_back(&entry);
    }
    std::ranges::sort(due, [&request](const Pending* a, const Pending* b) {
        const auto order = [&request](const Pending* entry) {
            const Time time = entry->stored.record.event_time;
            return std::tuple(time < request.fresh_since, time, entry->stored.id);
        };
        return order(a) < order(b);
    });

    std::vector<StoredRecord> taken;
    std::size_t bytes = 0;
    for (Pending* entry : due) {
        bytes += entry->stored.record.body.size();
        if (taken.size() >= request.max_records || (bytes > request.max_bytes && !taken.empty())) break;
        held_.insert(entry->stored.id);
        taken.push_back(entry->stored);
        if (entry->stored.record.deduplicated) continue;
        taken.back().interrupted = std::exchange(entry->sending, true);
    }
    return taken;
}

std::size_t MemoryModel::expire(const std::string& destination, Time before, const std::string& reason,
                                const std::string& message, std::size_t limit, Time now) {
    std::vector<std::pair<Time, RecordId>> old;
    for (const auto& [id, entry] : pending_) {
        const Record& record = entry.stored.record;
        if (record.destination == destination && record.event_time < before && !held_.contains(id))
            old.emplace_back(record.event_time, id);
    }
    std::ranges::sort(old);
    old.resize(std::min(limit, old.size()));
    for (const auto& [time, id] : old) settle({Settlement::dead(id, reason, message)}, now);
    return old.size();
}

void MemoryModel::settle(const std::vector<Settlement>& settlements, Time now) {
    for (const Settlement& settlement : settlements) {
        const auto found = pending_.find(settlement.id);
        if (found == pending_.end()) continue;
        held_.erase(settlement.id);
        if (settlement.fate == Settlement::Fate::Retry) {
            found->second.stored.attempts += settlement.sends;
            found->second.not_before = settlement.not_before;
            found->second.sending = false;
            continue;
        }
        Pending entry = std::move(found->second);
        pending_.erase(found);
        Counts& counts = ledger_.by_label[{entry.stored.record.destination, entry.stored.record.event_label}];
        if (settlement.fate == Settlement::Fate::Delivered) {
            ++counts.delivered;
            ledger_.bytes -= entry.stored.record.body.size();
        } else {
            ++counts.dead_lettered;
            bury(std::move(entry), settlement, now);
        }
    }
}

void MemoryModel::bury(Pending entry, const Settlement& settlement, Time now) {
    ++ledger_.dead_by_reason[{entry.stored.record.destination, settlement.reason}];
    DeadLetter letter;
    letter.number = ++last_number_;
    guard_.forget(entry.stored.record);
    letter.stored = std::move(entry.stored);
    letter.stored.attempts += settlement.sends;
    letter.reason = settlement.reason;
    letter.message = settlement.message;
    letter.died = now;
    dead_.push_back(std::move(letter));
}

void MemoryModel::replay(std::int64_t number, Record record) {
    const auto letter = find(number);
    if (letter == dead_.end()) return;
    Pending entry;
    entry.stored = std::move(letter->stored);
    entry.stored.record = std::move(record);
    dead_.erase(letter);
    ++ledger_.by_label[{entry.stored.record.destination, entry.stored.record.event_label}].replayed;
    pending_.emplace(entry.stored.id, std::move(entry));
}

void MemoryModel::purge(std::int64_t number) {
    if (const auto letter = find(number); letter != dead_.end()) dead_.erase(letter);
}

std::vector<DeadLetter>::iterator MemoryModel::find(std::int64_t number) {
    return std::ranges::find_if(dead_, [number](const DeadLetter& each) { return each.number == number; });
}

void MemoryModel::release_all() {
    held_.clear();
    for (auto& [id, entry] : pending_) entry.not_before = {};
    last_id_ = static_cast<RecordId>(ledger_.total().stored);
    for (const auto& [id, entry] : pending_) last_id_ = std::max(last_id_, id);
    for (const DeadLetter& letter : dead_) last_id_ = std::max(last_id_, letter.stored.id);
}

Ledger MemoryModel::ledger() const {
    Ledger ledger = ledger_;
    for (const auto& [id, entry] : pending_) {
        const Time time = entry.stored.record.event_time;
        const auto [oldest, first] = ledger.oldest_pending.emplace(entry.stored.record.destination, time);
        if (!first) oldest->second = std::min(oldest->second, time);
    }
    return ledger;
}

Waiting MemoryModel::waiting(const std::string& destination) const {
    Waiting waiting;
    for (const auto& [id, entry] : pending_) {
        if (entry.stored.record.destination != destination) continue;
        ++waiting.pending;
        waiting.oldest = std::min(waiting.oldest.value_or(Time::max()), entry.stored.record.event_time);
    }
    return waiting;
}

std::vector<DeadLetter> MemoryModel::dead_letters(const std::string& destination, std::size_t limit) const {
    std::vector<DeadLetter> newest;
    for (auto letter = dead_.rbegin(); letter != dead_.rend() && newest.size() < limit; ++letter)
        if (destination.empty() || letter->stored.record.destination == destination) newest.push_back(*letter);
    return newest;
}

}  // namespace pinrelay::spool
