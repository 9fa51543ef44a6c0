#include "alarms/alarm_book.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace pinrelay::alarms {
namespace {
using namespace std::chrono_literals;
using State = Message::State;

constexpr Time noon{std::chrono::sys_days(std::chrono::year(2026) / 12 / 1) + 12h};

Finding finding(std::optional<bool> holds, std::set<std::string> subjects = {}) {
    return {Kind::DeadLetters, "pinterest:1", holds, std::move(subjects), "It is so.", "Act."};
}

// "begun at 3" for each message of a minute, in order.
std::string reported(AlarmBook& book, std::chrono::minutes minute, const Finding& found) {
    std::string text;
    for (const Message& message : book.note({found}, noon + minute)) {
        text += message.state == State::Begun ? "begun" : "over";
        for (const auto& subject : message.subjects) text += " " + subject;
        text += ";";
    }
    return text;
}

TEST(AlarmBook, ReportsABeginningAndItsEndOnce) {
    AlarmBook book;

    EXPECT_EQ(reported(book, 0min, finding(false)), "");
    EXPECT_EQ(reported(book, 1min, finding(true)), "begun;");
    EXPECT_EQ(reported(book, 2min, finding(true)), "");
    EXPECT_EQ(reported(book, 300min, finding(true)), "");
    EXPECT_EQ(reported(book, 301min, finding(false)), "over;");
    EXPECT_EQ(reported(book, 302min, finding(false)), "");
}

TEST(AlarmBook, FillsInTheMessage) {
    AlarmBook book;
    book.note({finding(true, {"refused"})}, noon);

    const auto over = book.note({finding(false)}, noon + 10min);

    const std::vector<Message> expected{
        {Kind::DeadLetters, State::Over, "pinterest:1", {"refused"}, noon, noon + 10min, "It is so.", ""}};
    EXPECT_EQ(over, expected);
}

TEST(AlarmBook, BeginsOnceAnHourHoweverOftenItComesAndGoes) {
    AlarmBook book;

    EXPECT_EQ(reported(book, 0min, finding(true)), "begun;");
    EXPECT_EQ(reported(book, 5min, finding(false)), "over;");
    for (auto minute = 6min; minute < 59min; minute += 2min) {
        EXPECT_EQ(reported(book, minute, finding(true)), "");
        EXPECT_EQ(reported(book, minute + 1min, finding(false)), "");
    }
    EXPECT_EQ(reported(book, 59min, finding(true)), "");
    EXPECT_EQ(reported(book, 60min, finding(true)), "begun;") << "what still holds after the hour is reported";
}

TEST(AlarmBook, BeginsAnewForAFurtherSubjectAfterAnHour) {
    AlarmBook book;

    EXPECT_EQ(reported(book, 0min, finding(true, {"refused"})), "begun refused;");
    EXPECT_EQ(reported(book, 30min, finding(true, {"refused", "too_old"})), "");
    EXPECT_EQ(reported(book, 60min, finding(true, {"refused", "too_old"})), "begun refused too_old;");
    EXPECT_EQ(reported(book, 200min, finding(true, {"too_old"})), "") << "a subject fewer is no news";
}

TEST(AlarmBook, KeepsWhatCannotBeTold) {
    AlarmBook book;
    reported(book, 0min, finding(true));

    EXPECT_EQ(reported(book, 1min, finding(std::nullopt)), "");
    EXPECT_EQ(book.holding().size(), 1U);
    EXPECT_EQ(reported(book, 2min, finding(false)), "over;");
}

TEST(AlarmBook, EndsWhatNobodyFindsAnyMore) {
    AlarmBook book;
    reported(book, 0min, finding(true));

    const auto messages = book.note({}, noon + 1min);

    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].state, State::Over);
    EXPECT_TRUE(book.holding().empty());
}

TEST(AlarmBook, KeepsAccountsAndKindsApart) {
    AlarmBook book;
    const Finding other_account{Kind::DeadLetters, "pinterest:2", true};
    const Finding other_kind{Kind::Paused, "pinterest:1", true};

    const auto messages = book.note({finding(true), other_account, other_kind}, noon);

    EXPECT_EQ(messages.size(), 3U);
}

TEST(AlarmBook, RepeatsABeginningThatWasLostAfterAnHour) {
    AlarmBook book;
    const auto lost = book.note({finding(true)}, noon);
    book.lost(lost.at(0));

    EXPECT_EQ(reported(book, 59min, finding(true)), "");
    EXPECT_EQ(reported(book, 60min, finding(true)), "begun;");
}

TEST(AlarmBook, ReportsNoEndOfABeginningThatWasLost) {
    AlarmBook book;
    const auto lost = book.note({finding(true)}, noon);
    book.lost(lost.at(0));

    EXPECT_EQ(reported(book, 1min, finding(false)), "");
}

TEST(AlarmBook, IsNotSilentForLongAfterTheClockWasSetBack) {
    AlarmBook book;
    reported(book, 6000min, finding(true));
    reported(book, 6001min, finding(false));

    EXPECT_EQ(reported(book, 0min, finding(true)), "begun;");
}

TEST(AlarmBook, SurvivesARestart) {
    AlarmBook before;
    reported(before, 0min, finding(true, {"refused"}));
    AlarmBook after;
    ASSERT_TRUE(after.restore(before.save()));

    EXPECT_EQ(reported(after, 1min, finding(true, {"refused"})), "");
    EXPECT_EQ(reported(after, 2min, finding(false)), "over refused;");
}

TEST(AlarmBook, RefusesAStateThatItDidNotWrite) {
    for (const char* text : {"3", "{}", "[1]", R"([{"kind":"paused"}])", R"([{"kind":"new","account":""}])"}) {
        AlarmBook book;
        EXPECT_FALSE(book.restore(nlohmann::json::parse(text))) << text;
    }
}

}  // namespace
}  // namespace pinrelay::alarms
