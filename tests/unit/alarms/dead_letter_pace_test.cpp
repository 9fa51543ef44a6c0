#include "alarms/dead_letter_pace.hpp"

#include <gtest/gtest.h>

namespace pinrelay::alarms {
namespace {
using namespace std::chrono_literals;

constexpr Time first_look{std::chrono::sys_days(std::chrono::year(2026) / 12 / 1)};

// One account whose counts grow.
class Account {
public:
    // The findings after so many more events were settled, some of them as dead letters.
    std::vector<Finding> look(std::chrono::minutes minute, std::uint64_t delivered, std::uint64_t dead,
                              const std::string& reason = "refused") {
        seen_.name = "pinterest:1";
        seen_.settled += delivered + dead;
        if (dead > 0) seen_.dead_letters[reason] += dead;
        return pace_.look({seen_}, first_look + minute);
    }

private:
    DeadLetterPace pace_;
    AccountObservation seen_;
};

const Finding& appeared(const std::vector<Finding>& findings) { return findings.at(0); }
const Finding& growing(const std::vector<Finding>& findings) { return findings.at(1); }

TEST(DeadLetterPace, ReportsDeadLettersForAnHourWithTheirReasons) {
    Account account;
    account.look(0min, 0, 0);

    const auto found = account.look(1min, 1000, 2);
    account.look(2min, 1000, 1, "too_old");
    const auto two_reasons = account.look(3min, 1000, 0);
    const auto later = account.look(62min, 1000, 0);

    EXPECT_EQ(appeared(found).holds, true);
    EXPECT_EQ(appeared(found).text, "2 events became dead letters within the last hour: refused 2.");
    EXPECT_EQ(appeared(two_reasons).subjects, (std::set<std::string>{"refused", "too_old"}));
    EXPECT_EQ(appeared(later).holds, false);
}

TEST(DeadLetterPace, IgnoresThoseFromBeforeTheStart) {
    Account account;

    const auto first = account.look(0min, 1000, 500);

    EXPECT_EQ(appeared(first).holds, std::nullopt);
    EXPECT_EQ(growing(first).holds, std::nullopt);
}

TEST(DeadLetterPace, ReportsNoEndInTheFirstHour) {
    Account account;
    account.look(0min, 0, 0);

    EXPECT_EQ(appeared(account.look(59min, 10, 0)).holds, std::nullopt);
    EXPECT_EQ(appeared(account.look(60min, 10, 0)).holds, false);
}

TEST(DeadLetterPace, GrowingIsAHundredOrALargePartOfTheEvents) {
    const struct {
        std::uint64_t delivered;
        std::uint64_t dead;
        bool grows;
    } rows[] = {{0, 9, false},   {100, 10, true},        {990, 10, false},
                {989, 10, true}, {1'000'000, 99, false}, {1'000'000, 100, true}};
    for (const auto& row : rows) {
        Account account;
        account.look(0min, 0, 0);
        account.look(61min, 0, 0);

        const auto found = account.look(62min, row.delivered, row.dead);

        EXPECT_EQ(growing(found).holds, row.grows) << row.delivered << " " << row.dead;
    }
}

TEST(DeadLetterPace, AddsUpTheMinutesOfAnHour) {
    Account account;
    for (auto minute = 0min; minute < 60min; ++minute) account.look(minute, 100, 2);

    EXPECT_EQ(growing(account.look(60min, 100, 2)).holds, true);
    EXPECT_EQ(growing(account.look(119min, 100, 0)).holds, false);
}

TEST(DeadLetterPace, AStoreThatWasReplacedBeginsAnew) {
    DeadLetterPace pace;
    AccountObservation full{"pinterest:1"};
    full.dead_letters = {{"refused", 500}};
    AccountObservation empty{"pinterest:1"};
    pace.look({full}, first_look);

    EXPECT_NE(pace.look({empty}, first_look + 1min).at(0).holds, true);
    empty.dead_letters = {{"refused", 1}};
    EXPECT_EQ(pace.look({empty}, first_look + 2min).at(0).holds, true);
}

}  // namespace
}  // namespace pinrelay::alarms
