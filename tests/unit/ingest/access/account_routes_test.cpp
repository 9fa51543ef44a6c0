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
    routes[0].measurement_ids = std::vector<std::string>(9, "G-1");
    model::Event event;
    event.measurement_id = "jane@example.com\n";

    EXPECT_EQ(why(event),
              "no account takes this event, which has the measurement id an unusual text; the accounts list "
              "measurement id: G-1, G-1, G-1, G-1, G-1, G-1, G-1, G-1 …");
}

}  // namespace
}  // namespace pinrelay::ingest
