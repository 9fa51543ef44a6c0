#include "memory_model.hpp"

#include <algorithm>
#include <utility>

namespace pinrelay::spool {

Duplicates MemoryModel::append(std::vector<Arrival> arrivals, Time now) {
    Duplicates duplicates;
    guard_.advance(now);
    for (std::size_t i = 0; i < arrivals.size(); ++i)
        if (!admit(arrivals[i], now)) duplicates.push_back(i);
    guard_.keep();
    return duplicates;
}

Duplicates MemoryModel::check_duplicates(const std::vector<Arrival>& arrivals, Time now) const {
    MemoryModel trial = *this;
    return trial.append(arrivals, now);
}

void MemoryModel::refuse(const std::vector<Arrival>& arrivals, Time now) {
    guard_.advance(now);
    MemoryModel undone = *this;
    undone.append(arrivals, now);
    last_id_ = undone.last_id_;
    last_number_ = undone.last_number_;
}

std::vector<StoredRecord> MemoryModel::lease(const LeaseRequest& request, Time now) {
    guard_.advance(now);
    while (true) {
        std::vector<RecordId> chosen = choose(request);
        const std::size_t due = chosen.size();
        std::erase_if(chosen, [&](RecordId id) { return displace_if_outranked(id, now); });
        if (chosen.empty() && due > 0) continue;
        return take(chosen);
    }
}

std::vector<RecordId> MemoryModel::choose(const LeaseRequest& request) {
    std::vector<const Pending*> due;
    for (auto& [id, entry] : pending_) {
        if (entry.stored.record.destination != request.destination) continue;
        const bool is_stranded = request.longest_wait && entry.not_before > request.now + *request.longest_wait;
        if (is_stranded && request.max_records > 0) entry.not_before = {};
        if (request.event_since && entry.stored.record.event_time < *request.event_since) continue;
        if (request.fresh_only && entry.stored.record.event_time < request.fresh_since) continue;
        if (entry.not_before <= request.now && !held_.contains(id)) due.push_back(&entry);
    }
    std::ranges::sort(due, [&request](const Pending* a, const Pending* b) {
        const auto order = [](const Pending* entry) {
            return std::pair(entry->stored.record.event_time, entry->stored.id);
        };
        const bool a_is_stale = order(a).first < request.fresh_since;
        const bool b_is_stale = order(b).first < request.fresh_since;
        if (a_is_stale != b_is_stale) return b_is_stale;
        return request.newest_first ? order(b) < order(a) : order(a) < order(b);
    });

    std::vector<RecordId> chosen;
    std::size_t bytes = 0;
    for (const Pending* entry : due) {
        bytes += entry->stored.record.body.size();
        if (chosen.size() >= request.max_records || (bytes > request.max_bytes && !chosen.empty())) break;
        chosen.push_back(entry->stored.id);
    }
    return chosen;
}

std::vector<StoredRecord> MemoryModel::take(const std::vector<RecordId>& chosen) {
    std::vector<StoredRecord> taken;
    taken.reserve(chosen.size());
    for (const RecordId id : chosen) {
        Pending& entry = pending_.at(id);
        held_.insert(id);
        taken.push_back(entry.stored);
        if (entry.stored.record.deduplicated) continue;
        taken.back().interrupted = std::exchange(entry.sending, true);
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
    guard_.advance(now);
    for (const auto& [time, id] : old) end(Settlement::dead(id, reason, message), now, before);
    guard_.keep();
    return old.size();
}

void MemoryModel::settle(const std::vector<Settlement>& settlements, Time now) {
    guard_.advance(now);
    for (const Settlement& settlement : settlements) end(settlement, now, {});
    guard_.keep();
}

void MemoryModel::end(const Settlement& settlement, Time now, Time too_old_before) {
    const auto found = pending_.find(settlement.id);
    if (found == pending_.end()) return;
    held_.erase(settlement.id);
    if (settlement.fate == Settlement::Fate::Retry) {
        found->second.stored.attempts += settlement.sends;
        found->second.not_before = settlement.not_before;
        found->second.sending = false;
        return;
    }
    Pending entry = std::move(found->second);
    pending_.erase(found);
    Counts& counts = counts_of(entry.stored.record);
    if (settlement.fate == Settlement::Fate::Delivered) {
        ++counts.delivered;
        ledger_.bytes -= entry.stored.record.body.size();
        return;
    }
    ++counts.dead_lettered;
    forget(entry);
    bring_copy_back(entry, settlement.reason, too_old_before);
    bury(std::move(entry), settlement, now);
}

void MemoryModel::bury(Pending entry, const Settlement& settlement, Time now) {
    ++ledger_.dead_by_reason[{entry.stored.record.destination, settlement.reason}];
    DeadLetter letter;
    letter.number = ++last_number_;
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
    last_number_ = static_cast<std::int64_t>(ledger_.total().dead_lettered);
    for (const DeadLetter& letter : dead_) {
        last_id_ = std::max(last_id_, letter.stored.id);
        last_number_ = std::max(last_number_, letter.number);
    }
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
