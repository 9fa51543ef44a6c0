#pragma once

#include <chrono>
#include <cstddef>
#include <limits>
#include <optional>
#include <variant>

#include "batcher.hpp"
#include "deliver/pacing/pacer.hpp"

namespace pinrelay::deliver {

// Decides when a dispatcher leases its next batch. Pure.
//
// The pacer says how many batches may be in flight. One more may be, of fresh records alone: after an outage a fresh
// event does not wait for the answer to a stale batch. An account on trial has no such batch.
class LeaseSchedule {
public:
    struct Lease {
        bool fresh_only = false;
    };
    // `news_at`: news of appended records change the plan only if so many records wait by then.
    struct Sleep {
        std::optional<std::chrono::milliseconds> length;  // nothing: until the next event
        std::size_t news_at = any_news;
    };
    static constexpr std::size_t any_news = 0;
    static constexpr std::size_t no_news = std::numeric_limits<std::size_t>::max();
    using Plan = std::variant<Lease, Sleep>;

    // What the dispatcher knows now.
    struct Standing {
        std::size_t waiting = 0;    // pending records that are not in flight; some may not be due
        std::size_t in_flight = 0;  // batches
        bool stopping = false;      // no batch lingers, and an account on trial begins none
    };

    // `look_again` is the time until the next lease when the last one came back empty.
    LeaseSchedule(Batcher batcher, std::chrono::milliseconds look_again) : batcher_(batcher), look_again_(look_again) {}

    Plan next(const Standing& standing, Pacer& pacer, Time now);

    // Notes that records wait since `since`. Keeps the earlier note if there is one.
    void note_waiting(Time since);
    // Notes that records were appended or came back: some of them may be fresh.
    void note_news() noexcept { no_fresh_records_ = false; }

    // A planned lease begins. Then it either gave so many records, and `full` says that it may have left more, or it
    // failed.
    void begin(Lease lease);
    void leased(std::size_t records, bool full);
    void failed();

private:
    // For a sleep that does not depend on how many records wait: enough that some are known to.
    std::size_t news_while_busy() const noexcept { return waiting_since_ && !no_fresh_records_ ? no_news : any_news; }

    Batcher batcher_;
    std::chrono::milliseconds look_again_;
    std::optional<Time> waiting_since_;  // since when something may wait that no lease has asked for
    std::optional<Time> asked_since_;    // what it was before the lease under way
    bool fresh_only_ = false;            // the lease under way
    bool no_fresh_records_ = false;
};

}  // namespace pinrelay::deliver
