#include "ingest/access/account_routes.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

TEST(UrlHost, ReadsTheHostAndNothingElse) {
    EXPECT_EQ(url_host("https://Shop.Example:8443/a?b#c"), "shop.example");
    EXPECT_EQ(url_host("http://user:pw@shop.example/"), "shop.example");
    EXPECT_EQ(url_host("https://[2001:db8::1]:443/"), "[2001:db8::1]");
    EXPECT_EQ(url_host("https://a.example\\@b.example/"), "a.example");
    EXPECT_EQ(url_host("android-app://com.example"), std::nullopt);
    EXPECT_EQ(url_host("/relative"), std::nullopt);
    EXPECT_EQ(url_host("https://"), std::nullopt);
}

class WhyNoRoute : public testing::Test {
protected:
    std::string why(const model::Event& event) const {
        http::Request request;
        request.path = "/collect";
        request.headers = {{"Host", "relay.example"}};
        std::vector<const Route*> lent;
        for (const Route& route : routes) lent.push_back(&route);
        return why_no_route(lent, event, request);
    }

    std::vector<Route> routes = std::vector<Route>(2);
};

TEST_F(WhyNoRoute, NamesTheHostAndWhatTheAccountsList) {
    routes[0].hosts = {"shop.example"};
    routes[1].hosts = {"*.other.example"};
    model::Event event;
    event.page_location = "https://www.shop.example/a?email=jane@example.com";

    EXPECT_EQ(why(event),
              "no account takes this event, which has the host \"www.shop.example\"; the accounts list host: "
              "shop.example, *.other.example");
}

TEST_F(WhyNoRoute, NamesEachConditionThatAnAccountHas) {
    routes[0].measurement_ids = {"G-1"};
    routes[1].paths = {"/shop"};

    EXPECT_EQ(why({}),
              "no account takes this event, which has the measurement id none, path \"/collect\"; the accounts list "
              "measurement id: G-1; path: /shop");
}

TEST_F(WhyNoRoute, RepeatsNothingThatIsNoHostAndNoLongList) {
    routes[0].measurement_ids = {"G-1", "G-2", "G-3", "G-4", "G-5", "G-6", "G-7", "G-8", "G-9", "G-1"};
    model::Event event;
    event.measurement_id = "jane@example.com\n";

    EXPECT_EQ(why(event),
              "no account takes this event, which has the measurement id an unusual text; the accounts list "
              "measurement id: G-1, G-2, G-3, G-4, G-5, G-6, G-7, G-8 …");
}

TEST_F(WhyNoRoute, RepeatsNoHostOrMeasurementIdThatCouldBeAPersons) {
    routes[0].hosts = {"shop.example"};
    routes[0].measurement_ids = {"G-1"};
    for (const char* canary : {"4915123456789", "203.0.113.77", "0151-23456789", "jane.roe%40example.com"}) {
        model::Event event;
        const std::string url = "https://" + std::string(canary) + "/";
        event.page_location = url;
        event.measurement_id = canary;

        EXPECT_EQ(why(event).find(canary), std::string::npos) << why(event);
    }
    model::Event named;
    named.page_location = "https://localhost/";
    named.measurement_id = "AW-1234567890";
    EXPECT_NE(why(named).find("host \"localhost\", measurement id \"AW-1234567890\""), std::string::npos) << why(named);
}

TEST(UrlHost, IsTheSameWithADotAtItsEnd) {
    EXPECT_EQ(url_host("https://shop.example./a"), "shop.example");
    EXPECT_EQ(url_host("https://shop.example.:8443/a"), "shop.example");
    http::Request request;
    request.headers = {{"Host", "Shop.example.:8080"}};
    EXPECT_EQ(request_host(request), "shop.example");
}

TEST(Takes, ComparesHostsWithoutADotAtTheirEnd) {
    Route route;
    http::Request request;
    model::Event event;
    event.page_location = "https://shop.example./thanks";

    for (const char* host : {"shop.example", "shop.example."}) {
        route.hosts = {host};
        EXPECT_TRUE(takes(route, event, request)) << host;
    }
    event.page_location = "https://www.shop.example./";
    route.hosts = {"*.shop.example"};
    EXPECT_TRUE(takes(route, event, request));
}

TEST(Takes, KnowsThePageOfABrowserByItsReferrer) {
    Route route;
    route.hosts = {"shop.example"};
    http::Request request;
    request.headers = {{"Host", "relay.example"}, {"Referer", "https://shop.example/cart"}};
    model::Event event;

    EXPECT_TRUE(takes(route, event, request));
    event.sender = model::Sender::Server;
    EXPECT_FALSE(takes(route, event, request));
}

}  // namespace
}  // namespace pinrelay::ingest
