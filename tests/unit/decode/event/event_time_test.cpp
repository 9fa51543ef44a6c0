#include "decode/event/event_time.hpp"

#include <gtest/gtest.h>

namespace pinrelay::decode {
namespace {

using namespace std::chrono_literals;

std::optional<std::int64_t> microseconds_of(std::string_view text) {
    const std::optional<Time> time = read_time(text);
    if (!time) return std::nullopt;
    return time->time_since_epoch().count();
}

TEST(EventTime, TellsTheUnitByMagnitude) {
    EXPECT_EQ(microseconds_of("1713571200"), 1713571200'000'000);
    EXPECT_EQ(microseconds_of("1713571200123"), 1713571200'123'000);
    EXPECT_EQ(microseconds_of("1713571200123456"), 1713571200'123'456);
    EXPECT_EQ(microseconds_of("1713571200123456789"), 1713571200'123'456);
}

TEST(EventTime, ChangesUnitsAtTheBounds) {
    EXPECT_EQ(microseconds_of("99999999999"), 99999999999'000'000);
    EXPECT_EQ(microseconds_of("100000000000"), 100000000'000'000);
    EXPECT_EQ(microseconds_of("99999999999999"), 99999999999'999'000);
    EXPECT_EQ(microseconds_of("100000000000000"), 100000000'000'000);
    EXPECT_EQ(microseconds_of("100000000000000000"), 100000000'000'000);
}

TEST(EventTime, TakesFractionsAndExponents) {
    EXPECT_EQ(microseconds_of("1713571200.123"), 1713571200'123'000);
    EXPECT_EQ(microseconds_of("1.713571200123e12"), 1713571200'123'000);
    EXPECT_EQ(microseconds_of("1713571200123.5"), 1713571200'123'500);
}

TEST(EventTime, TakesSpacesAround) { EXPECT_EQ(microseconds_of(" 1713571200\n"), 1713571200'000'000); }

TEST(EventTime, RefusesNumbersThatAreNoTime) {
    for (const char* text : {"0", "-1", "-1713571200", "9300000000000000000", "1e30", "1e400", "inf", "nan", "0x65",
                             "12a", "+1713571200", "1,713,571,200"}) {
        EXPECT_EQ(microseconds_of(text), std::nullopt) << text;
    }
}

TEST(EventTime, ReadsIso8601) {
    constexpr std::int64_t midnight = 1713571200'000'000;

    EXPECT_EQ(microseconds_of("2024-04-20"), midnight);
    EXPECT_EQ(microseconds_of("2024-04-20T00:00Z"), midnight);
    EXPECT_EQ(microseconds_of("2024-04-20T00:00:00Z"), midnight);
    EXPECT_EQ(microseconds_of("2024-04-20 00:00:00"), midnight);
    EXPECT_EQ(microseconds_of("2024-04-20T00:00:00.000z"), midnight);
    EXPECT_EQ(microseconds_of("2024-04-20T02:00:00+02:00"), midnight);
    EXPECT_EQ(microseconds_of("2024-04-20T05:30:00+0530"), midnight);
    EXPECT_EQ(microseconds_of("2024-04-19T19:00:00-05"), midnight);
    EXPECT_EQ(microseconds_of("2024-04-20 02:00:00 +02:00"), midnight);
    EXPECT_EQ(microseconds_of("2024-04-20 00:00:00 UTC"), midnight);
    EXPECT_EQ(microseconds_of("Sat, 20 Apr 2024 00:00:00 GMT"), midnight);
    EXPECT_EQ(microseconds_of("Sat, 20 Apr 2024 02:00:00 +0200"), midnight);
    EXPECT_EQ(microseconds_of("Mon, 1 Apr 2024 00:00:00 GMT"), 1711929600'000'000);
    EXPECT_EQ(microseconds_of("2024-04-20T00:00:00.1Z"), midnight + 100'000);
    EXPECT_EQ(microseconds_of("2024-04-20T00:00:00,123456789Z"), midnight + 123'456);
    EXPECT_EQ(microseconds_of("2024-02-29T00:00:00Z"), 1709164800'000'000);
}

TEST(EventTime, RefusesDatesThatAreNone) {
    for (const char* text : {"",
                             " ",
                             "yesterday",

                             "2024-04",
                             "2024-13-01",
                             "2024-00-10",
                             "2023-02-29",
                             "2024-04-31",
                             "24-04-20",
                             "2024/04/20",
                             "20.04.2024",
                             "2024-04-20T",
                             "2024-04-20T24:00:00Z",
                             "2024-04-20T00:60:00Z",
                             "2024-04-20T00:00:60Z",
                             "2024-04-20T0:00:00Z",
                             "2024-04-20T00:00:00.",
                             "2024-04-20T00:00:00+",
                             "2024-04-20T00:00:00+24:00",
                             "2024-04-20T00:00:00+02:",
                             "2024-04-20T00:00:00Zjunk",
                             "2024-04-20junk",
                             "2024-04-2O",
                             "Sat, 31 Apr 2024 00:00:00 GMT",
                             "Sat, 20 Apx 2024 00:00:00 GMT",
                             "20 Apr 2024",
                             "Sat, 20 Apr 2024 00:00:00 CEST"}) {
        EXPECT_EQ(microseconds_of(text), std::nullopt) << text;
    }
}

Time at(std::int64_t seconds) { return Time(std::chrono::seconds(seconds)); }

constexpr std::int64_t arrival = 1'713'571'230;
constexpr std::int64_t ten_days = 864'000;

TEST(TimeByOurClock, CountsBackFromTheArrivalBySendersClock) {
    const Clocks slow{at(arrival - ten_days - 5), {}, at(arrival - ten_days), {}};
    const Clocks fast{at(arrival + ten_days - 5), {}, at(arrival + ten_days), {}};

    EXPECT_EQ(time_by_our_clock(slow, at(arrival)), at(arrival - 5));
    EXPECT_EQ(time_by_our_clock(fast, at(arrival)), at(arrival - 5));
}

TEST(TimeByOurClock, LeavesTheTimeOfAClockThatIsRight) {
    EXPECT_EQ(time_by_our_clock({at(arrival - 90), {}, at(arrival - 29), {}}, at(arrival)), at(arrival - 90));
    EXPECT_EQ(time_by_our_clock({at(arrival - 90), {}, at(arrival + 29), {}}, at(arrival)), at(arrival - 90));
}

TEST(TimeByOurClock, TakesTheDevicesTimeWhereThereIsNoOther) {
    EXPECT_EQ(time_by_our_clock({{}, at(arrival - ten_days - 5), at(arrival - ten_days), {}}, at(arrival)),
              at(arrival - 5));
    EXPECT_EQ(time_by_our_clock({{}, at(5), {}, {}}, at(arrival)), at(5));
}

TEST(TimeByOurClock, LeavesATimeThatAServerHasCorrected) {
    const Time corrected = at(arrival - 7);

    EXPECT_EQ(time_by_our_clock({corrected, at(arrival - ten_days - 5), at(arrival - ten_days), {}}, at(arrival)),
              corrected);
    EXPECT_EQ(time_by_our_clock({corrected, corrected, at(arrival - 6), at(arrival - 5)}, at(arrival)), corrected);
}

TEST(TimeByOurClock, LeavesATimeWithoutOneOfSendingOrAfterIt) {
    EXPECT_EQ(time_by_our_clock({at(5), {}, {}, {}}, at(arrival)), at(5));
    EXPECT_EQ(time_by_our_clock({at(9), {}, at(5), {}}, at(arrival)), at(9));
    EXPECT_EQ(time_by_our_clock({{}, {}, at(5), {}}, at(arrival)), std::nullopt);
}

}  // namespace
}  // namespace pinrelay::decode
