#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/spool/dead_letters.hpp"

namespace pinrelay::admin {

// What a replay has done so far. No text holds personal data.
struct ReplayProgress {
    enum class State { None, Running, Done, Failed };
    using Counted = std::map<std::string, std::uint64_t>;

    State state = State::None;
    bool dry_run = false;
    std::optional<std::uint64_t> selected;  // nothing where the selection does not say it
    std::uint64_t examined = 0;
    std::uint64_t moved = 0;  // pending again; 0 in a dry run
    Counted sent;             // by event name as sent
    Counted stays;            // by the reason why they stay
    Counted changed;          // warnings about values that the current rules change
    std::string failure;      // a sentence, of a failed replay
};

// Reads and replays dead letters of the running relay on a thread of its own, since a disk may be slow and dead letters
// many. One piece of work at a time. Call it from any thread.
class DeadLetterDesk {
public:
    virtual ~DeadLetterDesk() = default;

    using Visit = std::function<void(const spool::DeadLetter&)>;
    // `failure` is a sentence for the operator; empty where all went well.
    using Read = std::function<void(std::vector<spool::DeadLetterCount> groups, std::string failure)>;

    // Calls `visit` for at most `limit` selected dead letters, the newest first, then `done` exactly once with the
    // counts of all dead letters. Both run on the desk's thread and must not throw. After the end of the desk, `done`
    // is destroyed without a call.
    virtual void read(spool::Selection selection, std::size_t limit, Visit visit, Read done) = 0;

    // Begins a replay under the configuration in force; a dry run changes nothing. Returns why it does not begin, or
    // nothing. `progress` describes it from then on.
    virtual std::optional<std::string> replay(spool::Selection selection, bool dry_run) = 0;

    virtual ReplayProgress progress() const = 0;
};

}  // namespace pinrelay::admin
