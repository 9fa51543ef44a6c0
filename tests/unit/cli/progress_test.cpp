#include "cli/spool/progress.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace pinrelay::cli {
namespace {

using namespace std::chrono_literals;

TEST(ProgressText, HasRateAndRemainingTimeWhereTheWholeIsKnown) {
    EXPECT_EQ(progress_text("dead letters", 12'000, 30'000, 3s),
              "12,000 of 30,000 dead letters, 4,000 a second, 4s left");
    EXPECT_EQ(progress_text("dead letters", 30'000, 30'000, 3s), "30,000 of 30,000 dead letters, 10,000 a second");
    EXPECT_EQ(progress_text("pages", 500, 0, 2s), "500 pages, 250 a second");
    EXPECT_EQ(progress_text("bodies", 0, 0, 75s), "working for 1m");
}

TEST(Grouped, HasACommaBetweenThousands) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1'000), "1,000");
    EXPECT_EQ(grouped(1'234'567), "1,234,567");
}

class Line : public testing::Test {
protected:
    std::chrono::steady_clock::time_point now{};
    std::vector<std::string> printed;
    std::optional<ProgressLine> line{std::in_place, "dead letters", 100,
                                     [this](const std::string& text) { printed.push_back(text); },
                                     [this] { return now; }};
};

TEST_F(Line, AppearsOnlyWhereItTakesLong) {
    now += 299ms;
    line->add(50);
    line.reset();

    EXPECT_TRUE(printed.empty());
}

TEST_F(Line, ChangesAFewTimesASecondAndDisappears) {
    now += 300ms;
    line->add(30);
    now += 100ms;
    line->add();
    now += 100ms;
    line->add(19);
    line.reset();

    EXPECT_EQ(printed, (std::vector<std::string>{"\r\x1b[K30 of 100 dead letters, 100 a second, 0s left",
                                                 "\r\x1b[K50 of 100 dead letters, 100 a second, 0s left", "\r\x1b[K"}));
}

}  // namespace
}  // namespace pinrelay::cli
