#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

#include "commands.hpp"
#include "commit_delay.hpp"
#include "usage.hpp"

namespace pinrelay::spool {

struct Bounds {
    std::uint64_t records = 0;        // pending in the store
    std::uint64_t bytes = 0;          // of the store, as Store::bytes counts them
    std::uint64_t waiting_bytes = 0;  // in memory, until their commit: a disk that hangs must not eat all memory
};

// Where callers leave their commands and the writer takes them, all at once. Says "full" when the command is left, so
// that a hanging disk does not delay the refusal. Thread-safe.
class GroupQueue {
public:
    explicit GroupQueue(Bounds bounds, const CommitDelay& delay = CommitDelay({})) : bounds_(bounds), delay_(delay) {}

    // Takes the command over, or says why not and leaves it as it is.
    std::optional<SpoolErrc> push(Command& command);

    // Swaps everything that waits into `group`, which must be empty; waits until there is something, until the queue
    // is closed, or until `timeout` has passed, and then as long as CommitDelay decides. False when it is closed and
    // empty.
    bool take(std::vector<Command>& group, std::chrono::milliseconds timeout);

    // The group that was taken last is committed, or is not to be: the store now holds this.
    void finished(Usage stored);

    void share_between(std::vector<std::string> destinations);
    void keep_room_for_known(bool keep);  // see Spool

    // Whether the last word to an append was "full" and there is still no room for it.
    bool full() const;

    // Lets nothing in any more; what is in can still be taken.
    void close();

private:
    void wait_for_more(std::unique_lock<std::mutex>& lock);
    Load in_memory() const noexcept;
    bool has_room(Load load, const Bounds& bounds) const noexcept;
    bool within_share(const Usage& usage) const;

    const Bounds bounds_;
    mutable std::mutex mutex_;
    std::condition_variable something_;
    std::vector<Command> commands_;
    std::size_t appends_ = 0;  // of commands_
    std::size_t wanted_ = 0;   // so many of them wake the writer; 0: none
    CommitDelay delay_;
    bool committing_ = false;
    Usage waiting_;  // in commands_
    Usage taken_;    // with the writer
    Usage stored_;
    FairShare share_;
    bool keeps_room_for_known_ = false;
    std::optional<Load> refused_;  // what there was no room for
    bool closed_ = false;
};

}  // namespace pinrelay::spool
