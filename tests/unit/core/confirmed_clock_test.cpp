#include "pinrelay/core/confirmed_clock.hpp"

#include <gtest/gtest.h>

namespace pinrelay {
namespace {

using namespace std::chrono_literals;

constexpr Time start{std::chrono::hours(24 * 20000)};

class Confirmed : public testing::Test {
protected:
    // What a look gives after both clocks went on, and the system's jumped as well.
    Time after(Uptime passed, Uptime jump = 0s) {
        uptime += passed;
        wall += passed + jump;
        likely = time.look(wall, uptime).likely;
        return time.look(wall, uptime).confirmed;
    }

    ConfirmedTime time;
    Time likely{};  // of the last look
    Uptime uptime = 77s;
    Time wall = start;
};

TEST_F(Confirmed, NothingIsCertainAtTheStart) {
    EXPECT_EQ(after(0s), Time{});
    EXPECT_EQ(after(59s), Time{});
    EXPECT_EQ(after(1s), start + 60s);
}

TEST_F(Confirmed, ASecondLookIsNeeded) {
    EXPECT_EQ(after(0s), Time{});
    EXPECT_EQ(after(24h), start + 24h);
}

TEST_F(Confirmed, AClockThatJumpsAtTheStartIsNotBelieved) {
    after(0s);

    EXPECT_EQ(after(30s, 8 * 24h), Time{});
    EXPECT_EQ(after(30s), Time{});
    EXPECT_EQ(after(1s, -8 * 24h), Time{});
    EXPECT_EQ(after(60s), start + 121s);
}

TEST_F(Confirmed, AJumpForwardThatIsTakenBackHasNeverBeen) {
    after(0s);
    after(60s);

    EXPECT_EQ(after(3s, 8 * 24h), start + 63s);
    EXPECT_EQ(after(3s), start + 66s);
    EXPECT_EQ(after(3s, -8 * 24h), start + 69s);
}

TEST_F(Confirmed, AJumpForwardThatLastsIsBelievedAfterAMinute) {
    after(0s);
    after(60s);
    after(1s, 24h);

    EXPECT_EQ(after(59s), start + 120s);
    EXPECT_EQ(after(1s), start + 121s + 24h);
}

TEST_F(Confirmed, AJumpBetweenTwoRareLooksNeedsAThird) {
    after(0s);
    after(10min);

    EXPECT_EQ(after(10min, 24h), start + 20min);
    EXPECT_EQ(after(10min), start + 30min + 24h);
}

TEST_F(Confirmed, ATimeThatWasSetBackIsBelievedAtOnce) {
    after(0s);
    after(60s);

    EXPECT_EQ(after(1s, -1h), start + 61s - 1h);
    EXPECT_EQ(after(120s), start + 181s - 1h);
}

TEST_F(Confirmed, SmallCorrectionsAreNoJumps) {
    after(0s);
    after(60s);

    EXPECT_EQ(after(60s, 4s), start + 124s);
    EXPECT_EQ(after(60s, -8s), start + 176s);
}

TEST_F(Confirmed, TheLikelyTimeGoesOnWhereTheClockJumpsForwardAlsoAtTheStart) {
    after(0s);
    EXPECT_EQ(likely, start);

    after(1s, 24h);
    EXPECT_EQ(likely, start + 1s);
    after(60s);
    EXPECT_EQ(likely, start + 61s + 24h);
}

TEST_F(Confirmed, TheLikelyTimeIsSetBackAtOnce) {
    after(0s);
    after(1s, -24h);
    EXPECT_EQ(likely, start + 1s - 24h);

    after(60s);
    after(1s, -1h);
    EXPECT_EQ(likely, start + 62s - 25h);
}

TEST(ConfirmedClocks, LookAtEachCall) {
    Time wall = start;
    Uptime uptime = 0s;
    const auto clocks = confirmed_clocks([&] { return wall; }, [&] { return uptime; });
    EXPECT_EQ(clocks.likely(), start);
    EXPECT_EQ(clocks.confirmed(), Time{});
    wall += 60s;
    uptime += 60s;

    EXPECT_EQ(clocks.confirmed(), start + 60s);
    wall += 24h;

    EXPECT_EQ(clocks.likely(), start + 60s);
}

TEST(ContinuousClock, NeverJumps) {
    Time wall = start;
    Uptime uptime = 5s;
    const Clock clock = continuous_clock([&] { return wall; }, [&] { return uptime; });
    wall += 24h;
    uptime += 3s;

    EXPECT_EQ(clock(), start + 3s);
}

TEST(SystemUptime, GoesOn) {
    const Uptime before = system_uptime();

    EXPECT_GT(before, 0s);
    EXPECT_GE(system_uptime(), before);
}

}  // namespace
}  // namespace pinrelay
