#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "flows.hpp"
#include "pinrelay/admin/history.hpp"
#include "pinrelay/core/clock.hpp"

namespace pinrelay::app {

// The events of the last hour by minute and of the last day by quarter of an hour, per account and event name. Kept in
// memory only: it begins anew with the process. About 2.5 kB for each pair of account and event name, and at most
// `most_series` of them; further ones are not kept. One thread at a time.
class History {
public:
    static constexpr std::size_t most_series = 1'000;

    // Begins at this moment.
    void start(Moment now, Time time);

    // A minute has ended.
    void end_minute(Moment now);

    // The steps up to now; the last one is not over yet.
    admin::HistoryView view(admin::HistorySpan span, const Moment& now, Time time) const;

private:
    static constexpr std::size_t minutes_kept = 60;
    static constexpr std::size_t quarters_kept = 96;
    static constexpr std::size_t minutes_of_quarter = 15;

    struct Rings {
        std::array<Flow, minutes_kept> minutes{};
        std::array<Flow, quarters_kept> quarters{};
    };

    std::size_t minute_slot() const noexcept { return minutes_ % minutes_kept; }
    std::size_t quarter_slot() const noexcept { return minutes_ / minutes_of_quarter % quarters_kept; }
    void clear_running_slots();
    template <std::size_t N>
    static admin::HistorySeries unrolled(const std::array<Flow, N>& ring, std::size_t running, const Flow& now);

    std::map<std::pair<std::string, std::string>, Rings> rings_;
    Moment last_;  // the end of the last minute
    Time since_{};
    std::size_t minutes_ = 0;  // that have ended
};

}  // namespace pinrelay::app
