#include <gtest/gtest.h>

#include "pinrelay/alarms/message.hpp"

namespace pinrelay::alarms {
namespace {
using namespace std::chrono_literals;

constexpr Time since{std::chrono::seconds(1'796'126'400)};

Message fallen() {
    return {
        Kind::VolumeFell, Message::State::Begun,         "pinterest:549755885175", {"add_to_cart", "page_visit"}, since,
        since + 60s,      "page_visit all but stopped.", "Look at the tag."};
}

TEST(MessageBody, HasAllOfAnAlarm) {
    EXPECT_EQ(body_of(fallen(), "shop-1", Format::Json),
              R"({"version":1,"id":"shop-1/volume_fell/pinterest:549755885175","relay":"shop-1",)"
              R"("alarm":"volume_fell","state":"begun","account":"pinterest:549755885175",)"
              R"("events":["add_to_cart","page_visit"],"since":1796126400,"time":1796126460,)"
              R"("text":"Pinrelay on shop-1, account pinterest:549755885175: page_visit all but stopped. )"
              R"(Look at the tag.","advice":"Look at the tag."})");
}

TEST(MessageBody, LeavesOutWhatAnAlarmDoesNotHave) {
    const Message over{Kind::StoreFull, Message::State::Over, "", {}, since, since, "The store has room again.", ""};

    EXPECT_EQ(body_of(over, "shop-1", Format::Json),
              R"({"version":1,"id":"shop-1/store_full","relay":"shop-1","alarm":"store_full","state":"over",)"
              R"("since":1796126400,"time":1796126400,)"
              R"("text":"Pinrelay on shop-1 (over): The store has room again."})");
}

TEST(MessageBody, NamesTheSubjectsOfDeadLettersReasons) {
    Message message = fallen();
    message.kind = Kind::DeadLetters;
    message.subjects = {"refused"};

    EXPECT_NE(body_of(message, "shop-1", Format::Json).find(R"("reasons":["refused"])"), std::string::npos);
}

TEST(MessageBody, IsATextAloneForChatPrograms) {
    Message message = fallen();
    message.text = "\"<!channel>\" & more";
    message.advice = "";

    EXPECT_EQ(body_of(message, "shop-1", Format::Slack),
              R"({"text":"Pinrelay on shop-1, account pinterest:549755885175: \"&lt;!channel&gt;\" &amp; more"})");
}

TEST(MessageBody, ATestSaysThatItIsOne) {
    EXPECT_EQ(test_body("shop-1", since, Format::Json),
              R"({"version":1,"id":"shop-1/test","relay":"shop-1","alarm":"test","state":"test","time":1796126400,)"
              R"("text":"Pinrelay on shop-1: this is a test of alarms.webhook. Nothing is wrong."})");
    EXPECT_EQ(test_body("shop-1", since, Format::Slack),
              R"({"text":"Pinrelay on shop-1: this is a test of alarms.webhook. Nothing is wrong."})");
}

}  // namespace
}  // namespace pinrelay::alarms
