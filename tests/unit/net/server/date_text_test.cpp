#include "net/server/date_text.hpp"

#include <gtest/gtest.h>

namespace pinrelay::net {
namespace {
using namespace std::chrono_literals;

class DateTextTest : public testing::Test {
protected:
    std::string_view text_after(std::chrono::milliseconds passed) {
        steady += passed;
        wall += passed;
        return text.at(steady, [this] {
            ++looks;
            return wall;
        });
    }

    DateText text;
    std::chrono::steady_clock::time_point steady{1h};
    Time wall{1'713'571'200s + 900ms};
    int looks = 0;
};

TEST_F(DateTextTest, IsWrittenOncePerSecondOfTheClock) {
    EXPECT_EQ(text_after(0ms), "Sat, 20 Apr 2024 00:00:00 GMT");
    EXPECT_EQ(text_after(99ms), "Sat, 20 Apr 2024 00:00:00 GMT");
    EXPECT_EQ(text_after(1ms), "Sat, 20 Apr 2024 00:00:01 GMT");
    EXPECT_EQ(text_after(999ms), "Sat, 20 Apr 2024 00:00:01 GMT");
    EXPECT_EQ(text_after(1ms), "Sat, 20 Apr 2024 00:00:02 GMT");

    EXPECT_EQ(looks, 3);
}

TEST_F(DateTextTest, FollowsAClockThatIsSetBackWithinASecond) {
    text_after(0ms);
    wall -= 1h;

    EXPECT_EQ(text_after(1s), "Fri, 19 Apr 2024 23:00:01 GMT");
}

}  // namespace
}  // namespace pinrelay::net
