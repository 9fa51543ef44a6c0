#include "ingest/access/account_routes.hpp"

#include <gtest/gtest.h>

#include "fixtures/fake_destination.hpp"

namespace pinrelay::ingest {
namespace {

using test::FakeDestination;

http::Request request_to(std::string path, std::string host) {
    http::Request request;
    request.path = std::move(path);
    request.headers.emplace_back("Host", std::move(host));
    return request;
}

TEST(UrlHost, ReadsTheHostAndNothingElse) {
    EXPECT_EQ(url_host("https://Shop.Example:8443/a?b#c"), "shop.example");
    EXPECT_EQ(url_host("http://user:pw@shop.example/"), "shop.example");
    EXPECT_EQ(url_host("https://[2001:db8::1]:443/"), "[2001:db8::1]");
    EXPECT_EQ(url_host("https://a.example\\@b.example/"), "a.example");
    EXPECT_EQ(url_host("android-app://com.example"), std::nullopt);
    EXPECT_EQ(url_host("/relative"), std::nullopt);
    EXPECT_EQ(url_host("https://"), std::nullopt);
}

const destination::Destination* chosen(const AccountRoutes& routes, const model::Event& event,
                                       const http::Request& request) {
    const Route* route = routes.choose(event, request);
    return route == nullptr ? nullptr : route->destination;
}

TEST(AccountRoutes, ChoosesTheFirstRouteWhoseConditionsAllHold) {
    const FakeDestination by_id("by-id");
    const FakeDestination by_host("by-host");
    const FakeDestination by_path("by-path");
    const FakeDestination other("other");
    const AccountRoutes routes({{&by_id, {"G-1"}, {"shop.example"}, {}},
                                {&by_host, {}, {"*.example"}, {}},
                                {&by_path, {}, {}, {"/brand"}},
                                {&other, {}, {}, {}}});
    model::Event event;
    event.measurement_id = "G-1";

    event.page_location = "https://shop.example/";
    EXPECT_EQ(chosen(routes, event, request_to("/collect", "relay")), &by_id);
    event.measurement_id = "G-2";
    EXPECT_EQ(chosen(routes, event, request_to("/collect", "relay")), &by_host);
    event.page_location = "https://elsewhere.test/";
    EXPECT_EQ(chosen(routes, event, request_to("/brand/collect", "relay")), &by_path);
    EXPECT_EQ(chosen(routes, event, request_to("/branding", "relay")), &other);
    event.page_location.reset();
    EXPECT_EQ(chosen(routes, event, request_to("/collect", "Shop.Example:8080")), &by_host);
}

TEST(AccountRoutes, ChooseNothingWhereNoneFits) {
    const FakeDestination only("only");
    const AccountRoutes routes({{&only, {"G-1"}, {}, {}}});

    EXPECT_EQ(chosen(routes, model::Event{}, request_to("/collect", "relay")), nullptr);
}

TEST(AccountRoutes, AWildcardTakesSubdomainsOnly) {
    const FakeDestination only("only");
    const AccountRoutes routes({{&only, {}, {"*.shop.example"}, {}}});

    EXPECT_EQ(chosen(routes, model::Event{}, request_to("/", "shop.example")), nullptr);
    EXPECT_EQ(chosen(routes, model::Event{}, request_to("/", "evilshop.example")), nullptr);
    EXPECT_EQ(chosen(routes, model::Event{}, request_to("/", "de.shop.example")), &only);
}

}  // namespace
}  // namespace pinrelay::ingest
