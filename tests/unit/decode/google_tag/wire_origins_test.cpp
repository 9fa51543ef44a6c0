#include "decode/google_tag/wire_origins.hpp"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

using model::Event;

Event explained(const std::string& query) {
    http::Request request;
    request.method = "GET";
    request.path = "/collect";
    request.query = query;
    auto decoded = test::decoded(decode::Formats(), request, Explain::Yes);
    return std::get<Event>(std::get<Members>(std::move(decoded)).front());
}

TEST(WireOrigins, AreTheHitsOwnKeys) {
    const Event event = explained(
        "v=2&en=purchase&dl=https%3A%2F%2Fshop.example%2F&ep.transaction_id=T&epn.value=5&cu=EUR&pr1=idA~pr5"
        "&ep.user_data.email=a%40b.example");

    EXPECT_EQ(event.origins->find(&Event::name), "en");
    EXPECT_EQ(event.origins->find(&Event::page_location), "dl");
    EXPECT_EQ(event.origins->find(&Event::transaction_id), "ep.transaction_id");
    EXPECT_EQ(event.origins->find(&Event::value), "epn.value");
    EXPECT_EQ(event.origins->find(&Event::currency), "cu");
    EXPECT_EQ(event.origins->find(&Event::items), "pr1");
    EXPECT_EQ(event.origins->find(&model::UserData::emails), "ep.user_data.email");
}

TEST(WireOrigins, NameAHashedPersonByTheKeyThatHoldsAll) {
    const std::string digest(64, 'a');

    const Event event = explained("v=2&en=purchase&em=tv.1~em." + digest);

    EXPECT_EQ(event.origins->find(&model::UserData::emails), "em");
}

TEST(WireOrigins, NameUnreadKeysAsTheyCame) {
    const Event event = explained("v=2&en=purchase&ep.tax=1&epn.weight=2&_p=3");

    std::vector<std::string> keys;
    for (const auto& one : event.origins->unread) keys.push_back(one.key);
    EXPECT_EQ(keys, (std::vector<std::string>{"ep.tax", "epn.weight", "_p"}));
}

}  // namespace
}  // namespace pinrelay::decode
