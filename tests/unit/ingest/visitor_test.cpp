#include "ingest/visitor.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

http::Request browser_request() {
    http::Request request;
    request.peer_address = "203.0.113.7";
    request.headers = {{"User-Agent", "Mozilla/5.0 (Macintosh)"},
                       {"Referer", "https://shop.example/cart"},
                       {"Accept-Language", "de-DE,de;q=0.9"},
                       {"Cookie", "_epik=from-cookie"}};
    return request;
}

TEST(AddVisitor, TakesAddressAgentPageLanguageAndClickIdFromABrowsersRequest) {
    model::Event event;

    add_visitor(event, browser_request(), TrustedProxies({}));

    EXPECT_EQ(event.ip_address, "203.0.113.7");
    EXPECT_EQ(event.user_agent, "Mozilla/5.0 (Macintosh)");
    EXPECT_EQ(event.page_location, "https://shop.example/cart");
    EXPECT_EQ(event.language, "de-DE,de;q=0.9");
    EXPECT_EQ(event.cookie_click_id, "from-cookie");
}

TEST(AddVisitor, LeavesWhatTheEventSaysItself) {
    model::Event event;
    event.ip_address = "198.51.100.1";
    event.user_agent = "Mozilla/5.0 (iPhone)";
    event.page_location = "https://shop.example/thank-you";
    event.cookie_click_id = "from-body";

    add_visitor(event, browser_request(), TrustedProxies({}));

    EXPECT_EQ(event.ip_address, "198.51.100.1");
    EXPECT_EQ(event.user_agent, "Mozilla/5.0 (iPhone)");
    EXPECT_EQ(event.page_location, "https://shop.example/thank-you");
    EXPECT_EQ(event.cookie_click_id, "from-body");
}

TEST(AddVisitor, NeverTakesAServersAddressOrAgentForTheVisitors) {
    model::Event event;
    event.sender = model::Sender::Server;

    add_visitor(event, browser_request(), TrustedProxies({}));

    EXPECT_EQ(event.ip_address, std::nullopt);
    EXPECT_EQ(event.user_agent, std::nullopt);
    EXPECT_EQ(event.page_location, std::nullopt);
    EXPECT_EQ(event.language, std::nullopt);
}

}  // namespace
}  // namespace pinrelay::ingest
