#include "cli/spool/options.hpp"

#include <gtest/gtest.h>

namespace pinrelay::cli {
namespace {

using namespace std::chrono_literals;

constexpr Time now{1'000'000h};

TEST(SpoolOptions, NameAnAccountWithOrWithoutItsPlatform) {
    EXPECT_EQ(destination_name("549755885175"), "pinterest:549755885175");
    EXPECT_EQ(destination_name("pinterest:549755885175"), "pinterest:549755885175");
}

TEST(SpoolOptions, SelectEverythingWithoutAFilter) {
    const auto selection = selection_of({}, now);

    EXPECT_FALSE(selection.destination || selection.reason || selection.event_name || selection.died_before ||
                 selection.died_since);
    EXPECT_TRUE(selection.numbers.empty());
}

TEST(SpoolOptions, SelectByWhatIsGiven) {
    SpoolOptions options;
    options.account = "1";
    options.reason = "refused";
    options.event_name = "purchase";
    options.older_than = "1h";
    options.newer_than = "2d";
    options.numbers = {3};

    const auto selection = selection_of(options, now);

    EXPECT_EQ(selection.destination, "pinterest:1");
    EXPECT_EQ(selection.reason, "refused");
    EXPECT_EQ(selection.event_name, "purchase");
    EXPECT_EQ(selection.died_before, now - 1h);
    EXPECT_EQ(selection.died_since, now - 48h);
    EXPECT_EQ(selection.numbers, std::vector<std::int64_t>{3});
}

TEST(SpoolOptions, MustSayWhichLettersAreToBeChanged) {
    SpoolOptions filtered;
    filtered.reason = "refused";
    SpoolOptions all;
    all.all = true;
    SpoolOptions both = filtered;
    both.all = true;

    EXPECT_NO_THROW(require_filter(filtered));
    EXPECT_NO_THROW(require_filter(all));
    EXPECT_THROW(require_filter({}), std::runtime_error);
    EXPECT_THROW(require_filter(both), std::runtime_error);
}

}  // namespace
}  // namespace pinrelay::cli
