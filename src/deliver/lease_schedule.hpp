#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <variant>

#include "batcher.hpp"
#include "deliver/pacing/pacer.hpp"

namespace pinrelay::deliver {

// Decides when a dispatcher leases its next batch. Pure.
//
// Besides the batches that the pacer allows there is one more lane, for fresh records alone: after an outage a fresh
// event does not wait for a stale batch to be answered. It is closed while the account is on trial.
class LeaseSchedule {
public:
    struct Lease {
        bool fresh_only = false;
    };
    struct Sleep {
        std::optional<std::chrono::milliseconds> length;  // nothing: until something happens
    };
    using Plan = std::variant<Lease, Sleep>;

    // What the dispatcher knows at the moment.
    struct Standing {
        std::size_t waiting = 0;    // records stored and not in flight; some of them may have been given back for later
        std::size_t in_flight = 0;  // batches
        bool stopping = false;      // nothing lingers, and an account on trial begins nothing
    };

    // `look_again` is how soon to ask for records of which only that they wait is known.
    LeaseSchedule(Batcher batcher, std::chrono::milliseconds look_again) : batcher_(batcher), look_again_(look_again) {}

    Plan next(const Standing& standing, Pacer& pacer, Time now);

    // Records are known to wait; where it is not noted yet since when, since `since`.
    void note_waiting(Time since);
    // Something was appended or came back: the lane for fresh records is worth a look.
    void note_news() noexcept { no_fresh_records_ = false; }

    // A lease is made as planned; then it gave so many records, and `full` says that it may have left more behind.
    void begin(Lease lease);
    void leased(std::size_t records, bool full);
    void failed();

private:
    Batcher batcher_;
    std::chrono::milliseconds look_again_;
    std::optional<Time> waiting_since_;  // since when something may wait that no lease has asked for
    std::optional<Time> asked_since_;    // what it was before the lease under way
    bool fresh_only_ = false;            // the lease under way
    bool no_fresh_records_ = false;
};

}  // namespace pinrelay::deliver
