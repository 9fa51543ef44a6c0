#pragma once

#include <chrono>
#include <exception>
#include <filesystem>
#include <memory>
#include <vector>

#include "group.hpp"
#include "open_store.hpp"
#include "pinrelay/core/logger.hpp"
#include "spool/committed_ledger.hpp"
#include "spool/duplicates/reuse_report.hpp"
#include "spool/group_queue.hpp"
#include "spool/journal/dropped_events.hpp"
#include "spool/journal/journal_report.hpp"
#include "spool/letter_limits.hpp"
#include "spool/listener.hpp"
#include "spool/removal_report.hpp"

namespace pinrelay::spool {

// What the spool's thread does: takes the group that waits, commits it, answers, and looks after the WAL in between.
//
// - A commit begins when the last one has ended; where several senders are at work it waits a moment for them: see
//   CommitDelay.
// - After any failure the connection is closed, nothing is tried again, and the next group starts from what the
//   reopened file says. A second failure in a row opens a window in which groups are refused without touching the disk.
// - Another program may write to the file in between: the group that comes next reads the ledger anew, and an idle
//   thread looks once a second.
// - Dead letters beyond their limits are removed by the group that comes next; while some are left the thread does not
//   wait for one.
// - Dropped events are written to the journal by the group that comes next, or by one of their own within a second.
// - The size of the store is measured after each commit that wrote and each checkpoint, and once a second while the
//   store is full: a reader that held the WAL may have gone.
// - While the file is known to be not writable the thread tries by itself, too: readiness may have turned the traffic
//   away that would otherwise have shown that the disk works again.
class Writer {
public:
    struct Parts {
        std::filesystem::path file;
        GroupQueue& queue;
        CommittedLedger& ledger;
        const Listener& appended;
        const Clock& clock;
        const Clock& confirmed;
        const LetterLimits& letter_limits;
        DroppedEvents& dropped;
        const JournalOptions& journal;
        Logger& logger;
        DuplicateGuard* guard = nullptr;  // as the opened store left it; none: nothing is folded
        bool answers_early = false;       // `done` was called when the command was queued
    };

    Writer(Parts parts, OpenedStore opened);

    void run();  // until the queue is closed and empty

private:
    using Steady = std::chrono::steady_clock;

    void write(std::vector<Command>& group);
    void write_last_dropped();
    std::unique_ptr<Group> commit(std::vector<Command>& group);
    void refuse(std::vector<Command>& group);

    void adopt(OpenedStore opened);
    void adopt(Store::Stock stock);
    void reopen_if_closed();
    void failed(const std::exception& failure);
    void proved_writable();
    bool may_try() const { return Steady::now() >= next_try_; }

    LetterTask next_letter_task();
    void note_letters(const Group& committed);
    bool is_time_for_letters() const;
    bool has_letters_to_remove() const;
    JournalTask next_journal_task();
    bool has_journal_work() const;
    void note_journal(const Group& committed);
    void publish();

    std::chrono::milliseconds patience() const;
    void use_the_pause();
    void try_again();
    bool another_wrote();
    void checkpoint_if_large();
    void checkpoint_when_idle();
    void measure_if_full();
    void measure();
    void shut();

    Parts parts_;
    std::unique_ptr<Store> store_;  // none from a failure until the next opening
    Memory memory_;
    ReuseReport reuse_;
    RemovalReport removals_;
    JournalReport journal_report_;
    bool writable_ = true;
    bool damaged_ = false;
    Steady::time_point next_try_{};
    std::chrono::milliseconds backoff_{0};
    std::uint64_t checkpoint_tried_at_ = 0;  // bytes of the WAL
    Steady::time_point next_measure_{};      // while the store is full
    LetterTask letter_task_;                 // of the last group
    Time letters_looked_at_{};               // when their age was looked at last; a confirmed time
    bool old_letters_left_ = false;
    std::uint64_t irremovable_bytes_ = 0;  // of dead letters, which a group could not bring down
};

}  // namespace pinrelay::spool
