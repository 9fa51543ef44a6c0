#include "judge_volume.hpp"

#include <algorithm>

namespace pinrelay::alarms {
namespace {

using Volume = VolumeVerdict::Volume;

constexpr Hour week = 7 * 24;
constexpr Hour most_compared = 24;

// Hours are compared, back from the last whole one, until so many events are expected in at least two hours. One hour
// is too few, however many events: a campaign or a push message of a week ago makes hours differ far more than chance
// does. The unit test with made-up weeks lets each hour vary by half its mean, and one hour alone raised false alarms
// there.
constexpr std::uint64_t enough_expected = 50;
constexpr int enough_hours = 2;

// Fell: at most a tenth of what is expected. Over: more than three tenths.
constexpr std::uint64_t parts = 10;
constexpr std::uint64_t fallen_parts = 1;
constexpr std::uint64_t recovered_parts = 3;

// The least of the hour and its two neighbours: daylight saving time moves the day by an hour, and a single burst is
// nothing to expect.
std::optional<std::uint32_t> least_around(const CountOfHour& count, Hour hour) {
    const auto before = count(hour - 1);
    const auto same = count(hour);
    const auto after = count(hour + 1);
    if (!before || !same || !after) return std::nullopt;
    return std::min({*before, *same, *after});
}

// By the weeks before, the smaller one: an unusual week raises no alarm in the next one.
std::optional<std::uint32_t> expected_in(const CountOfHour& count, Hour hour) {
    const auto last_week = least_around(count, hour - week);
    const auto week_before = least_around(count, hour - 2 * week);
    if (!last_week || !week_before) return last_week;
    return std::min(*last_week, *week_before);
}

Volume compare(const VolumeVerdict& sums, bool has_fallen) {
    const std::uint64_t limit = has_fallen ? recovered_parts : fallen_parts;
    return sums.came * parts <= sums.expected * limit ? Volume::Fell : Volume::Usual;
}

}  // namespace

VolumeVerdict judge_volume(const CountOfHour& count, Hour current, bool has_fallen) {
    VolumeVerdict verdict;
    const Hour last = current - 1;
    if (!count(last)) return verdict;  // the event may have returned in that hour
    bool knows_all = true;
    for (Hour hour = last; hour > last - most_compared; --hour) {
        const auto came = count(hour);
        const auto expected = expected_in(count, hour);
        if (!came || !expected) {
            knows_all = false;
            continue;
        }
        verdict.came += *came;
        verdict.expected += *expected;
        ++verdict.hours;
        if (verdict.expected < enough_expected || verdict.hours < enough_hours) continue;
        verdict.volume = compare(verdict, has_fallen);
        return verdict;
    }
    verdict.volume = knows_all ? Volume::TooRare : Volume::Unknown;
    return verdict;
}

}  // namespace pinrelay::alarms
