#include "deliver/send_check.hpp"

#include <gtest/gtest.h>

#include "now.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

model::StoredRecord happened(model::RecordId id, Time event_time) {
    model::StoredRecord stored;
    stored.id = id;
    stored.record.event_time = event_time;
    return stored;
}

TEST(SendCheck, PartsWhatIsTooOldFromWhatCanStillBeSent) {
    const auto checked =
        check_before_sending({happened(1, now), happened(2, now - 169h), happened(3, now - 168h)}, {}, {now, now});

    ASSERT_EQ(checked.sendable.size(), 2u);
    EXPECT_EQ(checked.sendable[0].id, 1);
    EXPECT_EQ(checked.sendable[1].id, 3);
    ASSERT_EQ(checked.given_up.size(), 1u);
    EXPECT_EQ(checked.given_up[0].id, 2);
    EXPECT_EQ(checked.given_up[0].fate, spool::Settlement::Fate::DeadLetter);
    EXPECT_EQ(checked.given_up[0].reason, spool::reasons::too_old.label);
}

TEST(SendCheck, GivesNothingUpForAnAgeThatIsNotCertain) {
    const auto checked = check_before_sending({happened(1, now), happened(2, now - 169h), happened(3, now - 2h)},
                                              {{1h, 168h, true}}, {now, Time{}});

    EXPECT_TRUE(checked.given_up.empty());
    EXPECT_EQ(checked.sendable.size(), 1u);
    EXPECT_EQ(checked.unsure, (std::vector<model::RecordId>{2, 3}));
}

TEST(SendCheck, TakesAnEventFromTheFuture) {
    const auto checked = check_before_sending({happened(1, now + 24h)}, {}, {now, now});

    EXPECT_EQ(checked.sendable.size(), 1u);
}

TEST(SendCheck, GivesLateWebEventsUpWhereThePolicySaysSo) {
    auto offline = happened(3, now - 2h);
    offline.record.deduplicated = false;

    const auto checked = check_before_sending({happened(1, now - 1h), happened(2, now - 61min), offline},
                                              {{1h, 168h, true}}, {now, now});

    ASSERT_EQ(checked.sendable.size(), 2u);
    EXPECT_EQ(checked.sendable[0].id, 1);
    EXPECT_EQ(checked.sendable[1].id, 3);
    ASSERT_EQ(checked.given_up.size(), 1u);
    EXPECT_EQ(checked.given_up[0].id, 2);
    EXPECT_EQ(checked.given_up[0].reason, spool::reasons::late.label);
}

TEST(SendCheck, GivesOfflineEventsUpThatWereBeingSentWhenTheProcessEnded) {
    auto offline = happened(1, now);
    offline.record.deduplicated = false;
    offline.interrupted = true;

    const auto by_default = check_before_sending({offline}, {}, {now, now});
    const auto wanted_again = check_before_sending({offline}, {{}, AmbiguousOffline::SendAgain}, {now, now});

    ASSERT_EQ(by_default.given_up.size(), 1u);
    EXPECT_EQ(by_default.given_up[0].reason, spool::reasons::ambiguous_offline.label);
    EXPECT_EQ(wanted_again.sendable.size(), 1u);
}

TEST(SendCheck, SendsLateWebEventsOtherwise) {
    const auto checked = check_before_sending({happened(1, now - 2h)}, {{1h, 168h, false}}, {now, now});

    EXPECT_EQ(checked.sendable.size(), 1u);
}

}  // namespace
}  // namespace pinrelay::deliver
