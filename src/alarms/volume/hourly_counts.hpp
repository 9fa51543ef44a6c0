#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::alarms {

// A whole hour, counted since 1970.
using Hour = std::int64_t;

inline Hour hour_of(Time time) { return std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count(); }

// How many events of each account and name arrived in each hour, of the last 16 days. The memory is bounded: 1.5 KB for
// a series, and at most `most_series` of them. Of an hour in which the relay was not looked at nearly all the time
// nothing is known.
class HourlyCounts {
public:
    static constexpr Hour hours_kept = 16 * 24;
    static constexpr std::size_t most_series = 300;
    static constexpr int whole_hour = 55;  // minutes looked at, of 60

    using Key = std::pair<std::string, std::string>;  // account, event

    // So many more arrived. Beyond `most_series` a new key is left out.
    void add(const Key& key, std::uint64_t count, Time now);

    // A minute of this hour was looked at.
    void minute_passed(Time now);

    // Nothing for an hour that is not known as a whole, or not kept.
    std::optional<std::uint32_t> count(const Key& key, Hour hour) const;

    std::vector<Key> keys() const;

    nlohmann::json save() const;
    bool restore(const nlohmann::json& saved);

private:
    using Cells = std::vector<std::uint32_t>;  // hours_kept of them; the place of an hour is its rest

    static std::size_t place_of(Hour hour) noexcept { return static_cast<std::size_t>(hour % hours_kept); }
    bool is_kept(Hour hour) const noexcept { return hour <= latest_ && hour > latest_ - hours_kept; }
    bool move_to(Hour hour);
    void forget_empty_series();

    Hour latest_ = 0;
    std::array<std::uint8_t, hours_kept> minutes_{};
    std::map<Key, Cells> series_;
};

}  // namespace pinrelay::alarms
