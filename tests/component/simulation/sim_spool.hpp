#pragma once

#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>

#include "pinrelay/spool/spool.hpp"
#include "sim_time.hpp"
#include "spool/memory/memory_model.hpp"

namespace pinrelay::simulation {

// The model of a spool, with a disk that takes its time and now and then refuses a commit. What is not committed when
// the process is killed has not happened.
class SimSpool final : public spool::Spool {
public:
    SimSpool(SimTime& time, unsigned seed) : time_(time), random_(seed) {}

    int refused_per_thousand = 0;

    // Events are appended by the test as by a sender: the promise counts from here.
    void append(std::vector<spool::Arrival> arrivals, Checked done) override {
        auto duplicates = model_.append(std::move(arrivals), time_.now);
        if (done) done(std::move(duplicates));
        if (listener_) listener_();
    }

    void check_duplicates(std::vector<spool::Arrival> arrivals, Checked checked) override {
        checked(model_.check_duplicates(arrivals, time_.now));
    }

    void lease(spool::LeaseRequest request, Leased leased) override {
        commit([this, request = std::move(request), leased = std::move(leased)](bool kept) {
            if (!kept) return leased(spool::SpoolErrc::WriteFailed);
            auto taken = model_.lease(request, time_.now);
            for (const auto& stored : taken) event_ids_[stored.id] = stored.record.event_id;
            leased(std::move(taken));
        });
    }

    void settle(std::vector<spool::Settlement> settlements, Done done) override {
        commit([this, settlements = std::move(settlements), done = std::move(done)](bool kept) {
            if (!kept) return done(spool::SpoolErrc::WriteFailed);
            model_.settle(settlements, time_.now);
            for (const auto& settlement : settlements)
                if (settlement.fate != spool::Settlement::Fate::Retry) settled_.insert(event_ids_[settlement.id]);
            done(Result<void>());
        });
    }

    void expire(std::string destination, Time before, std::string reason, std::string message, std::size_t limit,
                Expired expired) override {
        commit([=, this](bool kept) {
            if (!kept) return expired(spool::SpoolErrc::WriteFailed);
            expired(model_.expire(destination, before, reason, message, limit, time_.now));
        });
    }

    void on_append(std::function<void()> listener) override { listener_ = std::move(listener); }
    spool::Ledger ledger() const override { return model_.ledger(); }
    spool::Waiting waiting(const std::string& destination) const override { return model_.waiting(destination); }
    void close() override {}

    std::vector<spool::DeadLetter> dead_letters(const std::string& destination, std::size_t limit) const {
        return model_.dead_letters(destination, limit);
    }
    bool is_settled(const std::string& event_id) const { return settled_.contains(event_id); }

    // The process died; a new one opens the file.
    void restart() { model_.release_all(); }

private:
    void commit(std::function<void(bool kept)> command) {
        const auto takes = std::chrono::microseconds(std::uniform_int_distribution<int>(100, 20'000)(random_));
        const bool kept = std::uniform_int_distribution<int>(0, 999)(random_) >= refused_per_thousand;
        time_.after(takes, [command = std::move(command), kept] { command(kept); });
    }

    SimTime& time_;
    std::mt19937 random_;
    spool::MemoryModel model_;
    std::function<void()> listener_;
    std::map<model::RecordId, std::string> event_ids_;
    std::set<std::string> settled_;
};

}  // namespace pinrelay::simulation
