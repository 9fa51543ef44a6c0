#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "pinrelay/core/logger.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::spool {

// Logs that the journal has lost entries for want of room, at most one sentence of each kind an hour.
class JournalReport {
public:
    using Steady = std::chrono::steady_clock;

    explicit JournalReport(Logger& logger) : logger_(logger) {}

    void note(const JournalSize& size, Steady::time_point now) {
        log(removed_early_, size.removed_early, now,
            "the oldest entries of the journal were removed before journal.keep: raise journal.max_bytes, of which an "
            "eighth of spool.max_bytes is used at most");
        log(left_out_, size.left_out, now,
            "dropped events have no entry in the journal: too many came at once, or they fill half of it");
    }

private:
    struct Loss {
        std::uint64_t logged = 0;  // entries
        Steady::time_point next_sentence{};
    };

    void log(Loss& loss, std::uint64_t entries, Steady::time_point now, std::string_view sentence) {
        loss.logged = std::min(loss.logged, entries);  // counts begin anew where the file is opened anew
        if (entries == loss.logged || now < loss.next_sentence) return;
        loss.next_sentence = now + std::chrono::hours(1);
        logger_.warn(sentence, {{"entries", std::to_string(entries - std::exchange(loss.logged, entries))}});
    }

    Logger& logger_;
    Loss removed_early_;
    Loss left_out_;
};

}  // namespace pinrelay::spool
