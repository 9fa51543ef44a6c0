#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pinrelay/spool/spool.hpp"

namespace pinrelay::test {

// A spool for one thread that calls back before the call returns, can be told to fail, and remembers every settlement.
class ScriptedSpool final : public spool::Spool {
public:
    struct Entry {
        spool::StoredRecord stored;
        Time not_before{};
        bool held = false;
        bool settled = false;
    };

    std::vector<Entry> entries;
    std::vector<spool::Settlement> settlements;
    std::size_t leases = 0;
    std::vector<ErrorCode> lease_failures;   // the next leases fail with these, last first
    std::vector<ErrorCode> settle_failures;  // likewise
    Time now{};                              // stamps what is appended

    void append(std::vector<spool::Record> records, Done done) override {
        for (auto& record : records) {
            Entry entry;
            entry.stored.id = static_cast<spool::RecordId>(entries.size() + 1);
            entry.stored.record = std::move(record);
            entry.stored.accepted = now;
            entries.push_back(std::move(entry));
        }
        if (done) done(Result<void>());
        if (listener_) listener_();
    }

    void lease(spool::LeaseRequest request, Leased leased) override {
        ++leases;
        if (const ErrorCode error = next(lease_failures)) return leased(error);
        std::vector<Entry*> due;
        for (auto& entry : entries)
            if (!entry.held && !entry.settled && entry.not_before <= request.now &&
                entry.stored.record.destination == request.destination &&
                (!request.fresh_only || entry.stored.record.event_time >= request.fresh_since))
                due.push_back(&entry);
        std::stable_partition(due.begin(), due.end(), [&](const Entry* entry) {
            return entry->stored.record.event_time >= request.fresh_since;
        });
        std::vector<spool::StoredRecord> taken;
        std::size_t bytes = 0;
        for (Entry* entry : due) {
            bytes += entry->stored.record.body.size();
            if (taken.size() == request.max_records || (bytes > request.max_bytes && !taken.empty())) break;
            entry->held = true;
            taken.push_back(entry->stored);
        }
        leased(std::move(taken));
    }

    void settle(std::vector<spool::Settlement> fates, Done done) override {
        if (const ErrorCode error = next(settle_failures)) return done(error);
        for (const auto& settlement : fates) {
            Entry& entry = entries[static_cast<std::size_t>(settlement.id - 1)];
            entry.held = false;
            entry.settled = settlement.fate != spool::Fate::Retry;
            entry.not_before = settlement.not_before;
            if (!entry.settled) ++entry.stored.attempts;
            settlements.push_back(settlement);
        }
        done(Result<void>());
    }

    void expire(std::string destination, Time before, std::string reason, std::string message, std::size_t limit,
                Expired expired) override {
        std::vector<Entry*> old;
        for (auto& entry : entries)
            if (!entry.held && !entry.settled && entry.stored.record.event_time < before &&
                entry.stored.record.destination == destination)
                old.push_back(&entry);
        std::stable_sort(old.begin(), old.end(), [](const Entry* a, const Entry* b) {
            return a->stored.record.event_time < b->stored.record.event_time;
        });
        old.resize(std::min(limit, old.size()));
        for (Entry* entry : old) {
            entry->settled = true;
            settlements.push_back({entry->stored.id, spool::Fate::DeadLetter, reason, message, {}});
        }
        expired(old.size());
    }

    void on_append(std::function<void()> listener) override { listener_ = std::move(listener); }

    spool::Ledger ledger() const override {
        spool::Ledger ledger;
        std::map<spool::RecordId, spool::Fate> fates;
        for (const auto& settlement : settlements) fates[settlement.id] = settlement.fate;
        for (const auto& entry : entries) {
            auto& counts = ledger.by_label[{entry.stored.record.destination, "event"}];
            ++counts.stored;
            if (!entry.settled) {
                const Time time = entry.stored.record.event_time;
                auto& oldest = ledger.oldest_pending.try_emplace(entry.stored.record.destination, time).first->second;
                oldest = std::min(oldest, time);
                continue;
            }
            ++(fates[entry.stored.id] == spool::Fate::Delivered ? counts.delivered : counts.dead_lettered);
        }
        return ledger;
    }

    std::vector<spool::DeadLetter> dead_letters(const std::string&, std::size_t) const override { return {}; }
    void close() override {}

    std::size_t settled_as(spool::Fate fate) const {
        return static_cast<std::size_t>(std::count_if(settlements.begin(), settlements.end(),
                                                      [fate](const auto& one) { return one.fate == fate; }));
    }
    std::size_t held() const {
        return static_cast<std::size_t>(
            std::count_if(entries.begin(), entries.end(), [](const Entry& entry) { return entry.held; }));
    }

private:
    static ErrorCode next(std::vector<ErrorCode>& failures) {
        if (failures.empty()) return {};
        const ErrorCode error = failures.back();
        failures.pop_back();
        return error;
    }

    std::function<void()> listener_;
};

}  // namespace pinrelay::test
