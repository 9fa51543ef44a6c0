#include "deliver/age_check.hpp"

#include <gtest/gtest.h>

#include "pinrelay/deliver/dead_letter_reasons.hpp"

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

const Time now = Time(1'713'571'200s);

spool::StoredRecord happened(spool::RecordId id, Time event_time) {
    spool::StoredRecord stored;
    stored.id = id;
    stored.record.event_time = event_time;
    return stored;
}

TEST(AgeCheck, PartsWhatIsTooOldFromWhatCanStillBeSent) {
    const auto sorted = sort_by_age({happened(1, now), happened(2, now - 169h), happened(3, now - 168h)}, 168h, now);

    ASSERT_EQ(sorted.sendable.size(), 2u);
    EXPECT_EQ(sorted.sendable[0].id, 1);
    EXPECT_EQ(sorted.sendable[1].id, 3);
    ASSERT_EQ(sorted.too_old.size(), 1u);
    EXPECT_EQ(sorted.too_old[0].id, 2);
    EXPECT_EQ(sorted.too_old[0].fate, spool::Fate::DeadLetter);
    EXPECT_EQ(sorted.too_old[0].reason, too_old.label);
}

TEST(AgeCheck, TakesAnEventFromTheFuture) {
    const auto sorted = sort_by_age({happened(1, now + 24h)}, 168h, now);

    EXPECT_EQ(sorted.sendable.size(), 1u);
}

}  // namespace
}  // namespace pinrelay::deliver
