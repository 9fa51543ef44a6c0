#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>

namespace pinrelay::spool {

// Decides how long a commit waits for more appends to share its sync, which takes more of a processor than they do. It
// waits only while several senders are at work: the commit before carried several appends, and ended only just. Those
// who were answered with it are about to send again. An append that comes alone never waits, and neither do so many
// that the sync is a small part of each. Pure.
class CommitDelay {
public:
    using Instant = std::chrono::steady_clock::time_point;

    struct Limits {
        std::size_t fewest_appends = 4;          // of the commit before
        std::size_t enough_appends = 32;         // of this one
        std::chrono::microseconds pause{300};    // since its end
        std::chrono::microseconds longest{300};  // about as long as a commit takes on a fast disk
    };
    explicit CommitDelay(Limits limits) : limits_(limits) {}

    // Until so many appends wait, and at most so long.
    struct Wait {
        std::size_t appends = 0;
        std::chrono::microseconds longest{};
        friend bool operator==(const Wait&, const Wait&) = default;
    };

    // For a commit that could begin now with so many appends; nothing: it begins at once.
    std::optional<Wait> before_commit_of(std::size_t appends, Instant now) const noexcept {
        const bool is_worth_it = appends > 0 && appends < limits_.enough_appends;
        const bool several = last_appends_ >= limits_.fewest_appends && now - ended_ < limits_.pause;
        if (!is_worth_it || !several) return std::nullopt;
        return Wait{std::min(appends + last_appends_, limits_.enough_appends), limits_.longest};
    }

    void commit_began(std::size_t appends) noexcept { appends_ = appends; }
    void commit_ended(Instant now) noexcept {
        last_appends_ = appends_;
        ended_ = now;
    }

private:
    Limits limits_;
    std::size_t appends_ = 0;       // of the commit under way
    std::size_t last_appends_ = 0;  // of the one before
    Instant ended_{};
};

}  // namespace pinrelay::spool
