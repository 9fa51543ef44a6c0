#include "app/alarms/observe.hpp"

#include <gtest/gtest.h>

namespace pinrelay::app {
namespace {
using namespace std::chrono_literals;
using State = deliver::AccountStatus::State;

constexpr Time any_time{std::chrono::hours(490'000)};

alarms::Observation observe(const spool::Ledger& ledger, std::optional<deliver::AccountStatus> status = {}) {
    return observation_of(
        ledger, {"a", "b"}, [status](const std::string&) { return status; }, any_time);
}

TEST(Observe, HasTheCountsOfEachAccountOfTheConfiguration) {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 10, .delivered = 5, .dead_lettered = 2, .folded = 3, .unfolded = 1};
    ledger.by_label[{"a", "lead"}] = {.stored = 1, .delivered = 1};
    ledger.by_label[{"gone", "lead"}] = {.stored = 100};
    ledger.dead_by_reason[{"a", "refused"}] = 2;
    ledger.dead_by_reason[{"gone", "refused"}] = 9;
    ledger.oldest_pending["a"] = any_time - 1h;
    ledger.full = true;
    ledger.writable = false;

    const auto seen = observe(ledger);

    ASSERT_EQ(seen.accounts.size(), 2U);
    EXPECT_EQ(seen.accounts[0].name, "a");
    EXPECT_EQ(seen.accounts[0].arrived, (std::map<std::string, std::uint64_t>{{"checkout", 12}, {"lead", 1}}));
    EXPECT_EQ(seen.accounts[0].settled, 8U);
    EXPECT_EQ(seen.accounts[0].dead_letters, (std::map<std::string, std::uint64_t>{{"refused", 2}}));
    EXPECT_EQ(seen.accounts[0].oldest_pending, any_time - 1h);
    EXPECT_TRUE(seen.accounts[1].arrived.empty());
    EXPECT_TRUE(seen.store_full);
    EXPECT_FALSE(seen.store_writable);
    EXPECT_EQ(seen.certificate_expires, any_time);
}

TEST(Observe, KnowsThatAnAccountIsPausedOnlyByAnAnswer) {
    const struct {
        std::optional<Time> answered;
        State state;
        std::optional<bool> paused;
    } rows[] = {
        {std::nullopt, State::Working, std::nullopt},
        {any_time, State::Working, false},
        {any_time, State::Paused, true},
        {any_time, State::Failing, std::nullopt},
    };
    for (const auto& row : rows) {
        deliver::AccountStatus status;
        status.state = row.state;
        status.answered = row.answered;
        status.reason = "401: the token is refused";

        const auto seen = observe({}, status);

        EXPECT_EQ(seen.accounts.at(0).paused, row.paused);
        EXPECT_EQ(seen.accounts.at(0).pause_reason, "401: the token is refused");
    }
}

}  // namespace
}  // namespace pinrelay::app
