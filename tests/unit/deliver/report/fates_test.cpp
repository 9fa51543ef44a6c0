#include "deliver/report/fates.hpp"

#include <gtest/gtest.h>

namespace pinrelay::deliver {
namespace {

using namespace std::chrono_literals;
using watch::Part;

constexpr Time accepted = Time(1'713'571'200s);

std::vector<model::StoredRecord> batch_of(std::initializer_list<model::RecordId> ids) {
    std::vector<model::StoredRecord> batch;
    for (const auto id : ids) {
        model::StoredRecord stored;
        stored.id = id;
        stored.accepted = accepted;
        stored.record.destination = "pinterest:1";
        stored.record.event_name = "checkout";
        stored.record.event_id = "e-" + std::to_string(id);
        batch.push_back(std::move(stored));
    }
    return batch;
}

std::vector<watch::Kept> shown(const std::vector<model::StoredRecord>& batch,
                               const std::vector<spool::Settlement>& settlements, std::string_view trouble = "") {
    watch::LiveEvents live;
    watch::Cursor cursor;
    show_fates(live, batch, settlements, {accepted + 1500ms, accepted + 1h}, trouble);
    return live.read(cursor, 100).entries;
}

TEST(Fates, NameTheEventAndHowLongItTook) {
    const auto entries = shown(batch_of({7}), {spool::Settlement::delivered(7)});

    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0].status, watch::Status::Delivered);
    EXPECT_EQ(entries[0].time, accepted + 1h);
    EXPECT_EQ(entries[0].latency, 1500ms);
    EXPECT_EQ(entries[0][Part::Account], "pinterest:1");
    EXPECT_EQ(entries[0][Part::Name], "checkout");
    EXPECT_EQ(entries[0][Part::EventId], "e-7");
}

TEST(Fates, HaveTheReasonOfADeadLetterAndTheTroubleOfARetry) {
    const auto entries =
        shown(batch_of({1, 2}),
              {spool::Settlement::dead(1, "refused", "no such currency"), spool::Settlement::retry(2, accepted + 1min)},
              "status 503");

    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[0].status, watch::Status::Dead);
    EXPECT_EQ(entries[0][Part::Reason], "refused");
    EXPECT_EQ(entries[0][Part::Message], "no such currency");
    EXPECT_EQ(entries[1].status, watch::Status::Retried);
    EXPECT_EQ(entries[1][Part::Message], "status 503");
    EXPECT_EQ(entries[1].latency, std::nullopt);
}

TEST(Fates, FindTheirRecordsInAnyOrderAndLeaveOutOthers) {
    const auto entries = shown(batch_of({1, 2, 3}), {spool::Settlement::delivered(3), spool::Settlement::delivered(9),
                                                     spool::Settlement::delivered(1)});

    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[0][Part::EventId], "e-3");
    EXPECT_EQ(entries[1][Part::EventId], "e-1");
}

}  // namespace
}  // namespace pinrelay::deliver
