#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "hourly_counts.hpp"

namespace pinrelay::alarms {

// How many events of one series came, against those of the same hours of the weeks before.
struct VolumeVerdict {
    enum class Volume {
        Usual,
        Fell,     // it all but stopped
        TooRare,  // so few are expected within a day that nothing can be concluded
        Unknown,  // the relay did not run for long enough, now or a week ago
    };
    Volume volume = Volume::Unknown;
    std::uint64_t expected = 0;
    std::uint64_t came = 0;
    int hours = 0;  // that were compared
};

using CountOfHour = std::function<std::optional<std::uint32_t>(Hour)>;

// `current` is the hour that is not over yet; those before it are compared. `has_fallen` is the verdict so far: an end
// takes more events than a beginning, so that the verdict does not alternate. docs/alarms.md explains the method. Pure.
VolumeVerdict judge_volume(const CountOfHour& count, Hour current, bool has_fallen);

}  // namespace pinrelay::alarms
