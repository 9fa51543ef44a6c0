#include "pinrelay/destination/retry_after.hpp"

#include <gtest/gtest.h>

namespace pinrelay::destination {
namespace {

using namespace std::chrono_literals;

// Sun, 06 Nov 1994 08:49:00 GMT, half a minute and more before the examples of RFC 9110.
constexpr Time now = std::chrono::sys_days(std::chrono::November / 6 / 1994) + 8h + 49min;

TEST(RetryAfter, ReadsSeconds) { EXPECT_EQ(retry_after(" 120 ", now), 120s); }

TEST(RetryAfter, ReadsTheThreeFormsOfAnHttpDate) {
    EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), 37s);
    EXPECT_EQ(retry_after("Sunday, 06-Nov-94 08:49:37 GMT", now), 37s);
    EXPECT_EQ(retry_after("Sun Nov  6 08:49:37 1994", now), 37s);
}

TEST(RetryAfter, IsZeroForADateThatHasPassed) { EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:48:00 GMT", now), 0s); }

TEST(RetryAfter, IsNeverLongerThanAnHour) {
    EXPECT_EQ(retry_after("86400", now), 1h);
    EXPECT_EQ(retry_after("99999999999999999999999", now), 1h);
    EXPECT_EQ(retry_after("Mon, 07 Nov 1994 08:49:37 GMT", now), 1h);
}

TEST(RetryAfter, IsNothingForAnythingElse) {
    for (const char* text : {"", "soon", "-5", "1.5", "12 s", "Sun, 06 Nov 1994 08:49:37 CET",
                             "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994"})
        EXPECT_EQ(retry_after(text, now), std::nullopt) << text;
}

TEST(DeltaSeconds, TakesWholeNumbersOnly) {
    EXPECT_EQ(delta_seconds("58"), 58s);
    EXPECT_EQ(delta_seconds("Sun, 06 Nov 1994 08:49:37 GMT"), std::nullopt);
}

}  // namespace
}  // namespace pinrelay::destination
