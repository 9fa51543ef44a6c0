#include "app/dead_letters/letter_desk.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "fixtures/fake_destination.hpp"
#include "fixtures/spool_records.hpp"
#include "fixtures/temporary_directory.hpp"
#include "fixtures/test_logger.hpp"
#include "pinrelay/spool/sqlite.hpp"

namespace pinrelay::app {
namespace {

using ReplayState = admin::ReplayProgress::State;

class LetterDeskTest : public testing::Test {
protected:
    LetterDeskTest() {
        auto live = std::make_shared<LiveConfiguration>();
        live->destinations.push_back(std::make_unique<test::FakeDestination>("shop"));
        live_ = std::move(live);
    }

    // Dead letters with these ids; one called "dropped" is dropped by the current rules.
    void bury(const std::vector<std::string>& ids) {
        std::vector<model::Record> records;
        for (const auto& id : ids) {
            records.push_back(test::record(id));
            records.back().source_name = id;
        }
        ASSERT_TRUE(test::append(*store_, std::move(records)));
        const auto leased = test::lease(*store_, test::due_at(test::noon));
        std::vector<spool::Settlement> deaths;
        for (const auto& stored : *leased) deaths.push_back(test::dead(stored.id, "refused", "cannot use it"));
        ASSERT_TRUE(test::settle(*store_, std::move(deaths)));
    }

    std::vector<std::string> ids(const spool::Selection& selection, std::size_t limit) {
        std::vector<std::string> found;
        std::promise<std::vector<spool::DeadLetterCount>> done;
        desk_.read(
            selection, limit, [&](const spool::DeadLetter& letter) { found.push_back(letter.stored.record.event_id); },
            [&](std::vector<spool::DeadLetterCount> groups, const std::string& failure) {
                EXPECT_EQ(failure, "");
                done.set_value(std::move(groups));
            });
        groups_ = done.get_future().get();
        return found;
    }

    admin::ReplayProgress ended() {
        while (desk_.progress().state == ReplayState::Running) std::this_thread::yield();
        return desk_.progress();
    }

    test::TemporaryDirectory directory_;
    test::TestLogger logger_;
    std::unique_ptr<spool::Spool> store_ = spool::open_sqlite_spool(
        {.directory = directory_.path()}, [] { return test::noon; }, logger_);
    std::shared_ptr<const LiveConfiguration> live_;
    LetterDesk desk_{directory_.path(), [this] { return live_; }, logger_};
    std::vector<spool::DeadLetterCount> groups_;
};

TEST_F(LetterDeskTest, ReadsTheNewestFirstAndCountsAll) {
    bury({"a", "b", "c"});

    EXPECT_EQ(ids({}, 2), (std::vector<std::string>{"c", "b"}));
    ASSERT_EQ(groups_.size(), 1U);
    EXPECT_EQ(groups_[0].count, 3U);
}

TEST_F(LetterDeskTest, ADryRunChangesNothing) {
    bury({"a", "dropped"});

    EXPECT_EQ(desk_.replay({}, true), std::nullopt);

    const auto progress = ended();
    EXPECT_EQ(progress.state, ReplayState::Done);
    EXPECT_TRUE(progress.dry_run);
    EXPECT_EQ(progress.selected, 2U);
    EXPECT_EQ(progress.examined, 2U);
    EXPECT_EQ(progress.moved, 0U);
    EXPECT_EQ(progress.sent.at("checkout"), 1U);
    EXPECT_EQ(progress.stays.begin()->first, "rule_drop: event_name: dropped by rule");
    EXPECT_EQ(test::dead_letters(directory_.path()).size(), 2U);
}

TEST_F(LetterDeskTest, AReplayMovesWhatTheCurrentRulesTake) {
    bury({"a", "dropped", "b"});
    spool::Selection selection;
    selection.reason = "refused";

    desk_.replay(selection, false);

    EXPECT_EQ(ended().moved, 2U);
    EXPECT_EQ(ids({}, 9), std::vector<std::string>{"dropped"});
    EXPECT_EQ(logger_.count(LogLevel::Info, "dead letters were replayed from the admin port moved=2"), 1U);
}

TEST_F(LetterDeskTest, OnlyTheSelectedDeadLettersAreReplayed) {
    bury({"a", "b"});
    spool::Selection selection;
    selection.numbers = {1};

    desk_.replay(selection, false);

    EXPECT_EQ(ended().selected, 1U);
    EXPECT_EQ(ids({}, 9), std::vector<std::string>{"b"});
}

TEST_F(LetterDeskTest, SaysThatAnAccountIsNotConfigured) {
    bury({"a"});
    live_ = std::make_shared<LiveConfiguration>();

    desk_.replay({}, true);

    EXPECT_EQ(ended().stays.begin()->first, "account_not_configured: shop is not in the configuration");
}

TEST_F(LetterDeskTest, ReportsWhyAStoreCannotBeRead) {
    LetterDesk elsewhere(
        directory_.path() / "nowhere", [this] { return live_; }, logger_);
    std::promise<std::string> failure;
    elsewhere.read(
        {}, 1, [](const auto&) {}, [&](const auto&, std::string why) { failure.set_value(std::move(why)); });

    EXPECT_NE(failure.get_future().get(), "");
    elsewhere.replay({}, false);
    while (elsewhere.progress().state == ReplayState::Running) std::this_thread::yield();
    EXPECT_EQ(elsewhere.progress().state, ReplayState::Failed);
    EXPECT_NE(elsewhere.progress().failure, "");
}

TEST_F(LetterDeskTest, BeginsNothingAfterItsEnd) {
    desk_.stop();

    EXPECT_EQ(desk_.replay({}, false), "the relay shuts down");
}

}  // namespace
}  // namespace pinrelay::app
