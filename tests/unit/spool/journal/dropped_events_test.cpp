#include "spool/journal/dropped_events.hpp"

#include <gtest/gtest.h>

namespace pinrelay::spool {
namespace {

std::vector<DroppedEvent> events(std::size_t count) {
    std::vector<DroppedEvent> events(count);
    for (std::size_t i = 0; i < count; ++i) events[i].event_id = std::to_string(i);
    return events;
}

TEST(DroppedEvents, AreTakenInTheirOrderWithTheirTime) {
    const Time now{std::chrono::hours(1)};
    DroppedEvents dropped(10);

    dropped.add(events(2), now);
    const auto taken = dropped.take();

    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(taken[0].event.event_id, "0");
    EXPECT_EQ(taken[1].event.event_id, "1");
    EXPECT_EQ(taken[1].time, now);
    EXPECT_TRUE(dropped.is_empty());
}

TEST(DroppedEvents, BeyondTheBoundAreCounted) {
    DroppedEvents dropped(3);

    dropped.add(events(2), {});
    dropped.add(events(5), {});

    EXPECT_EQ(dropped.take().size(), 3U);
    EXPECT_EQ(dropped.left_out(), 4U);
    dropped.leave_out(2);
    EXPECT_EQ(dropped.left_out(), 6U);
}

}  // namespace
}  // namespace pinrelay::spool
