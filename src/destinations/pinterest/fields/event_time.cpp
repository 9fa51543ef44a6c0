#include "event_time.hpp"

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/limits.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using namespace std::chrono_literals;

constexpr auto tolerated_future = 5min;  // clocks differ

// Nothing older was measured by GA4; such a time is a wrong unit or an unset clock.
constexpr auto first_sensible = std::chrono::sys_days(std::chrono::year(2000) / 1 / 1);

std::chrono::sys_seconds whole_seconds(Time time) { return std::chrono::floor<std::chrono::seconds>(time); }

}  // namespace

std::variant<std::chrono::sys_seconds, destination::Drop> event_time(const model::Event& event, Time received,
                                                                     std::string_view action_source, LatePolicy policy,
                                                                     Notes& notes) {
    const auto replaced = [&](std::string_view why) {
        notes.warn(warnings::event_time_replaced, "event_time", why);
        return whole_seconds(received);
    };
    if (!event.time && event.time_unreadable) return replaced("the sender's time cannot be read");
    if (!event.time) return whole_seconds(received);
    if (*event.time > received + tolerated_future) return replaced("the sender's time is in the future");
    if (*event.time < first_sensible) return replaced("the sender's time lies before the year 2000");

    const auto age = received - *event.time;
    if (age > refused_after - arrival_margin)
        return destination::Drop{drops::too_old, "event_time",
                                 "the event is older than seven days, or will be within an hour"};
    if (policy == LatePolicy::Drop && action_source != "offline" && age > late_after)
        return destination::Drop{drops::late, "event_time",
                                 "the event is older than one hour and would count as offline"};
    return whole_seconds(*event.time);
}

}  // namespace pinrelay::destinations::pinterest
