#include "pinrelay/alarms/watch.hpp"

#include <gtest/gtest.h>

namespace pinrelay::alarms {
namespace {
using namespace std::chrono_literals;
using State = Message::State;

constexpr Time december{std::chrono::sys_days(std::chrono::year(2026) / 12 / 1)};

Observation healthy() {
    AccountObservation account{"pinterest:1"};
    account.paused = false;
    return {{account}};
}

Observation broken() {
    Observation seen = healthy();
    seen.accounts[0].paused = true;
    seen.accounts[0].dead_letters = {{"refused", 1}};
    seen.store_full = true;
    seen.store_writable = false;
    seen.certificate_expires = december;
    return seen;
}

std::set<std::string> kinds(const std::vector<Message>& messages, State state) {
    std::set<std::string> names;
    for (const auto& message : messages)
        if (message.state == state) names.emplace(name_of(message.kind));
    return names;
}

TEST(Watch, ReportsEachKindWhenItBeginsAndWhenItIsOver) {
    Watch watch;
    watch.look(healthy(), {}, december);

    const auto begun = watch.look(broken(), {}, december + 1min);
    Observation after = healthy();
    after.accounts[0].dead_letters = {{"refused", 1}};
    const auto over = watch.look(after, {}, december + 2h);

    const std::set<std::string> all{"paused", "dead_letters", "store_full", "store_unwritable", "certificate_expires"};
    EXPECT_EQ(kinds(begun, State::Begun), all);
    EXPECT_EQ(kinds(over, State::Over), all);
    EXPECT_TRUE(watch.holding().empty());
}

TEST(Watch, KeepsQuietWhileAllIsWell) {
    Watch watch;
    for (auto minute = 0min; minute < 300min; ++minute)
        EXPECT_TRUE(watch.look(healthy(), {}, december + minute).empty());
}

TEST(Watch, GoesOnAfterARestart) {
    Watch before;
    before.look(healthy(), {}, december);
    before.look(broken(), {}, december + 1min);
    Watch after;
    ASSERT_TRUE(after.restore(before.save()));

    Observation unknown = broken();
    unknown.accounts[0].paused.reset();
    const auto first = after.look(unknown, {}, december + 2min);
    const auto second = after.look(broken(), {}, december + 3min);

    EXPECT_TRUE(first.empty());
    EXPECT_TRUE(second.empty());
}

TEST(Watch, RefusesAStateThatItDidNotWriteAndStaysAsItWas) {
    const std::string good = Watch().save();
    for (const std::string& text : {std::string(), std::string("{"), std::string("[]"), std::string(R"({"version":1})"),
                                    good.substr(0, good.size() / 2), R"({"version":2)" + good.substr(good.find(','))}) {
        Watch watch;
        EXPECT_FALSE(watch.restore(text)) << text.substr(0, 60);
        EXPECT_TRUE(watch.look(healthy(), {}, december).empty());
    }
}

}  // namespace
}  // namespace pinrelay::alarms
