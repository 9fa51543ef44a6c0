#include "spool/sqlite/tables/recent_records.hpp"

#include <gtest/gtest.h>

#include "fixtures/spool_records.hpp"

namespace pinrelay::spool {
namespace {

StoredRecord stored(RecordId id, std::size_t body = 10) {
    StoredRecord stored{id, test::record(std::to_string(id)), test::noon};
    stored.record.body.assign(body, 'x');
    return stored;
}

TEST(RecentRecords, GiveARecordAsItWasAddedOnce) {
    RecentRecords recent(10'000);
    recent.add(stored(1));
    recent.add(stored(2));

    EXPECT_EQ(recent.take(1), stored(1));
    EXPECT_EQ(recent.find(1), nullptr);
    ASSERT_NE(recent.find(2), nullptr);
    EXPECT_EQ(*recent.find(2), stored(2));
}

TEST(RecentRecords, KeepTheNewestWithinTheBound) {
    RecentRecords recent(10'000);

    for (RecordId id = 1; id <= 4; ++id) recent.add(stored(id, 2500));

    EXPECT_EQ(recent.find(1), nullptr);
    EXPECT_NE(recent.find(2), nullptr);
    EXPECT_NE(recent.find(4), nullptr);
}

TEST(RecentRecords, KeepNoRecordThatIsLargerThanTheBound) {
    RecentRecords recent(10'000);

    recent.add(stored(1, 20'000));
    recent.add(stored(2));

    EXPECT_EQ(recent.find(1), nullptr);
    EXPECT_NE(recent.find(2), nullptr);
}

TEST(RecentRecords, HaveRoomAgainForWhatWasTakenOrRemoved) {
    RecentRecords recent(10'000);
    for (RecordId id = 1; id <= 2; ++id) recent.add(stored(id, 4000));

    recent.take(1);
    recent.add(stored(3, 4000));
    recent.remove(2);
    recent.remove(2);
    recent.add(stored(4, 4000));
    const bool kept_all = recent.find(3) != nullptr && recent.find(4) != nullptr;
    recent.clear();

    EXPECT_TRUE(kept_all);
    EXPECT_EQ(recent.find(3), nullptr);
}

}  // namespace
}  // namespace pinrelay::spool
