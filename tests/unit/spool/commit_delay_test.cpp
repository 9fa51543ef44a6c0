#include "spool/commit_delay.hpp"

#include <gtest/gtest.h>

namespace pinrelay::spool {
namespace {

using std::chrono::microseconds;

class CommitDelays : public testing::Test {
protected:
    void commit(std::size_t appends) {
        delay.commit_began(appends);
        delay.commit_ended(now);
    }

    CommitDelay delay{{4, 32, microseconds(300), microseconds(200)}};
    CommitDelay::Instant now{std::chrono::hours(1)};
};

TEST_F(CommitDelays, WaitUntilThoseOfTheLastCommitCanHaveComeAgain) {
    commit(4);

    EXPECT_EQ(delay.before_commit_of(3, now + microseconds(299)), (CommitDelay::Wait{7, microseconds(200)}));
}

TEST_F(CommitDelays, EndWhenEnoughHaveCome) {
    commit(20);

    EXPECT_EQ(delay.before_commit_of(20, now)->appends, 32U);
    EXPECT_EQ(delay.before_commit_of(32, now), std::nullopt);
}

TEST_F(CommitDelays, AreNoneForTheFirstCommit) { EXPECT_EQ(delay.before_commit_of(10, now), std::nullopt); }

TEST_F(CommitDelays, AreNoneWhereFewSendersAreAtWork) {
    commit(3);

    EXPECT_EQ(delay.before_commit_of(3, now), std::nullopt);
}

TEST_F(CommitDelays, AreNoneForASenderThatIsAlone) {
    commit(4);
    commit(1);

    EXPECT_EQ(delay.before_commit_of(1, now), std::nullopt);
}

TEST_F(CommitDelays, AreNoneSomeTimeAfterTheLastCommit) {
    commit(4);

    EXPECT_EQ(delay.before_commit_of(3, now + microseconds(300)), std::nullopt);
}

TEST_F(CommitDelays, AreNoneForACommitWithoutAppends) {
    commit(4);

    EXPECT_EQ(delay.before_commit_of(0, now), std::nullopt);
}

TEST_F(CommitDelays, EndWithACommitThatCarriedOtherCallsAlone) {
    commit(4);
    commit(0);

    EXPECT_EQ(delay.before_commit_of(3, now), std::nullopt);
}

}  // namespace
}  // namespace pinrelay::spool
