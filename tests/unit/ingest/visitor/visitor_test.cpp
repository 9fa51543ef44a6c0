#include "ingest/visitor/visitor.hpp"

#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

#include <memory>

#include "pinrelay/model/origins.hpp"

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

    add_visitor(event, test::kept(browser_request()), "203.0.113.7", test::arena());

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

    add_visitor(event, test::kept(browser_request()), "203.0.113.7", test::arena());

    EXPECT_EQ(event.ip_address, "198.51.100.1");
    EXPECT_EQ(event.user_agent, "Mozilla/5.0 (iPhone)");
    EXPECT_EQ(event.page_location, "https://shop.example/thank-you");
    EXPECT_EQ(event.cookie_click_id, "from-body");
}

TEST(AddVisitor, NotesWhereItTookWhatFrom) {
    model::Event event;
    event.origins = std::make_shared<model::Origins>();
    event.language = "fr";

    add_visitor(event, test::kept(browser_request()), "203.0.113.7", test::arena());

    EXPECT_EQ(event.origins->find(&model::Event::ip_address), "the request's address");
    EXPECT_EQ(event.origins->find(&model::Event::user_agent), "header User-Agent");
    EXPECT_EQ(event.origins->find(&model::Event::page_location), "header Referer");
    EXPECT_EQ(event.origins->find(&model::Event::cookie_click_id), "cookie _epik");
    EXPECT_EQ(event.origins->find(&model::Event::language), "");
}

TEST(AddVisitor, NeverTakesAServersAddressOrAgentForTheVisitors) {
    model::Event event;
    event.sender = model::Sender::Server;

    add_visitor(event, test::kept(browser_request()), "203.0.113.7", test::arena());

    EXPECT_EQ(event.ip_address, std::nullopt);
    EXPECT_EQ(event.user_agent, std::nullopt);
    EXPECT_EQ(event.page_location, std::nullopt);
    EXPECT_EQ(event.language, std::nullopt);
}

bool opts_out_of_sale(model::Sender sender, http::Headers headers) {
    model::Event event;
    event.sender = sender;
    http::Request request;
    request.headers = std::move(headers);
    add_visitor(event, request, request.peer_address, test::arena());
    return event.consent.sale_opt_out;
}

TEST(AddVisitor, TakesGlobalPrivacyControlFromBrowsersOnly) {
    using model::Sender;

    EXPECT_TRUE(opts_out_of_sale(Sender::Browser, {{"sec-gpc", "1"}}));
    EXPECT_TRUE(opts_out_of_sale(Sender::Server, {{"Sec-GPC", "1"}, {"Sec-Fetch-Site", "same-origin"}}));
    EXPECT_FALSE(opts_out_of_sale(Sender::Server, {{"Sec-GPC", "1"}}));
    EXPECT_FALSE(opts_out_of_sale(Sender::Browser, {{"Sec-GPC", "0"}}));
    EXPECT_FALSE(opts_out_of_sale(Sender::Browser, {}));
}

std::string fingerprint_of(const http::Request& request, model::Event event = {}) {
    const std::string of_the_event(32, 'a');
    event.fingerprint = of_the_event;
    add_visitor(event, request, request.peer_address, test::arena());
    return std::string(event.fingerprint);
}

TEST(AddVisitor, TellsEqualHitsOfTwoVisitorsApart) {
    auto other_address = browser_request();
    other_address.peer_address = "203.0.113.8";
    auto other_agent = browser_request();
    other_agent.headers[0].second = "Mozilla/5.0 (Windows NT 10.0)";

    EXPECT_EQ(fingerprint_of(browser_request()), fingerprint_of(browser_request())) << "a retry is the same hit";
    EXPECT_NE(fingerprint_of(browser_request()), fingerprint_of(other_address));
    EXPECT_NE(fingerprint_of(browser_request()), fingerprint_of(other_agent));
    EXPECT_EQ(fingerprint_of(browser_request()).size(), 32U);
}

TEST(AddVisitor, KnowsABrowserByItsCookieThroughAChangeOfNetwork) {
    auto at_home = browser_request();
    at_home.headers.emplace_back("Cookie", "_ga=GA1.1.111.222");
    auto on_the_way = at_home;
    on_the_way.peer_address = "198.51.100.200";
    auto someone_else = browser_request();
    someone_else.headers.emplace_back("Cookie", "_ga=GA1.1.333.444");

    EXPECT_EQ(fingerprint_of(at_home), fingerprint_of(on_the_way));
    EXPECT_NE(fingerprint_of(at_home), fingerprint_of(someone_else));
}

TEST(AddVisitor, LeavesTheFingerprintWhereTheEventNamesItsVisitor) {
    model::Event event;
    event.client_id = "111.222";

    EXPECT_EQ(fingerprint_of(browser_request(), event), std::string(32, 'a'));
}

}  // namespace
}  // namespace pinrelay::ingest
