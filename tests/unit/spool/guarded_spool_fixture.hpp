#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "fixtures/spool_records.hpp"
#include "fixtures/temporary_directory.hpp"
#include "fixtures/test_logger.hpp"
#include "pinrelay/spool/memory.hpp"
#include "pinrelay/spool/sqlite.hpp"

namespace pinrelay::test {

enum class Engine { Memory, Sqlite };

inline constexpr auto name_of_engine = [](const auto& kind) {
    return kind.param == Engine::Memory ? "Memory" : "Sqlite";
};

// An event named "checkout" with the id "a", and what is changed of it in a chain.
struct Event {
    spool::Arrival arrival{record("a"), 7, model::Trust::Browser, {.value = 79, .identifiers = {11}}};

    Event() { says("first"); }
    Event& says(const std::string& what) {
        arrival.record.body = R"({"event_id":"a","what":")" + what + "\"}";
        return *this;
    }
    Event& about(std::uint64_t subject) { return arrival.subject = subject, *this; }
    Event& trusted(model::Trust trust) { return arrival.trust = trust, *this; }
    Event& worth(std::uint64_t value) { return arrival.essence.value = value, *this; }
    Event& with_phone() { return arrival.essence.identifiers[1] = 12, *this; }
    Event& without_email() { return arrival.essence.identifiers[0] = 0, *this; }
    Event& offline() { return arrival.record.deduplicated = false, *this; }
    Event& at(Time time) { return arrival.record.event_time = time, *this; }
};

// A spool of each kind that deduplicates for two days.
class GuardedSpoolTest : public testing::TestWithParam<Engine> {
protected:
    GuardedSpoolTest() { open({.window = std::chrono::hours(48)}); }

    void open(spool::DuplicateOptions duplicates) {
        spool.reset();
        if (GetParam() == Engine::Memory) {
            auto in_memory = spool::make_memory_spool(clock.clock(), duplicates);
            memory = in_memory.get();
            spool = std::move(in_memory);
            return;
        }
        spool::SqliteOptions options;
        options.directory = directory.path();
        options.duplicates = duplicates;
        spool = spool::open_sqlite_spool(options, clock.clock(), logger);
    }

    void send(const Event& event) { ASSERT_TRUE(append_arrivals(*spool, {event.arrival})); }

    // What the due records say.
    using Said = std::vector<std::string>;
    Said take(std::size_t most = 1000) {
        Said said;
        taken = *lease(*spool, due_at(clock.now, most));
        for (const auto& stored : taken) said.push_back(what_of(stored.record));
        return said;
    }
    void settle_taken(const std::function<spool::Settlement(model::RecordId)>& fate) {
        std::vector<spool::Settlement> settlements;
        for (const auto& stored : taken) settlements.push_back(fate(stored.id));
        ASSERT_TRUE(settle(*spool, settlements));
    }
    void deliver() {
        take();
        settle_taken(delivered);
    }
    void refuse(const std::string& reason = "refused") {
        take();
        settle_taken([&reason](model::RecordId id) { return dead(id, reason); });
    }

    spool::Counts counts() const { return spool->ledger().total(); }

    // "reason: what it said", the newest first.
    Said dead_ones() const {
        Said said;
        const auto letters = GetParam() == Engine::Memory
                                 ? memory->dead_letters("", std::numeric_limits<std::size_t>::max())
                                 : dead_letters(directory.path());
        for (const auto& letter : letters) said.push_back(letter.reason + ": " + what_of(letter.stored.record));
        return said;
    }

    static std::string what_of(const model::Record& record) {
        const std::string key = R"("what":")";
        const auto begin = record.body.find(key);
        if (begin == std::string::npos) return record.event_id;
        const auto what = record.body.substr(begin + key.size());
        return what.substr(0, what.find('"'));
    }

    TemporaryDirectory directory;
    TestLogger logger;
    ManualClock clock;
    std::unique_ptr<spool::Spool> spool;
    spool::MemorySpool* memory = nullptr;  // where it is one
    std::vector<model::StoredRecord> taken;
};

}  // namespace pinrelay::test
