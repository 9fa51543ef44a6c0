#include "ingest/access/accounts.hpp"

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

const destination::Destination* chosen(const Accounts& accounts, const model::Event& event,
                                       const http::Request& request) {
    const Account* account = accounts.choose(event, request);
    return account == nullptr ? nullptr : account->route.destination;
}

TEST(Accounts, ChooseTheFirstRouteWhoseConditionsAllHold) {
    const FakeDestination by_id("by-id");
    const FakeDestination by_host("by-host");
    const FakeDestination by_path("by-path");
    const FakeDestination other("other");
    const Accounts accounts({{&by_id, {"G-1"}, {"shop.example"}, {}},
                             {&by_host, {}, {"*.example"}, {}},
                             {&by_path, {}, {}, {"/brand"}},
                             {&other, {}, {}, {}}});
    model::Event event;
    event.measurement_id = "G-1";

    event.page_location = "https://shop.example/";
    EXPECT_EQ(chosen(accounts, event, request_to("/collect", "relay")), &by_id);
    event.measurement_id = "G-2";
    EXPECT_EQ(chosen(accounts, event, request_to("/collect", "relay")), &by_host);
    event.page_location = "https://elsewhere.test/";
    EXPECT_EQ(chosen(accounts, event, request_to("/brand/collect", "relay")), &by_path);
    EXPECT_EQ(chosen(accounts, event, request_to("/branding", "relay")), &other);
    event.page_location.reset();
    EXPECT_EQ(chosen(accounts, event, request_to("/collect", "Shop.Example:8080")), &by_host);
}

TEST(Accounts, ChooseNothingWhereNoneFits) {
    const FakeDestination only("only");
    const Accounts accounts({{&only, {"G-1"}, {}, {}}});

    EXPECT_EQ(chosen(accounts, model::Event{}, request_to("/collect", "relay")), nullptr);
}

TEST(Accounts, AWildcardTakesSubdomainsOnly) {
    const FakeDestination only("only");
    const Accounts accounts({{&only, {}, {"*.shop.example"}, {}}});

    EXPECT_EQ(chosen(accounts, model::Event{}, request_to("/", "shop.example")), nullptr);
    EXPECT_EQ(chosen(accounts, model::Event{}, request_to("/", "evilshop.example")), nullptr);
    EXPECT_EQ(chosen(accounts, model::Event{}, request_to("/", "de.shop.example")), &only);
}

Route with_key(const destination::Destination& destination, const std::string& key) {
    Route route{&destination, {}, {}, {}};
    route.access.keys = {Secret(key)};
    return route;
}

http::Request header_only(std::string_view name, const std::string& value) {
    http::Request request;
    request.headers.emplace_back(name, value);
    return request;
}

TEST(Accounts, JudgeASenderForEachAccountByItsOwnConditions) {
    const FakeDestination first("first");
    const FakeDestination second("second");
    const Accounts accounts({with_key(first, "key-1"), with_key(second, "key-2")});
    const Accounts same_routes({{&second, {}, {}, {}}});
    const auto request = header_only(key_header, "key-2");

    const auto verdicts = accounts.judge(request, std::nullopt);

    EXPECT_EQ(verdicts.of_all(), std::nullopt);
    ASSERT_TRUE(verdicts.of(*accounts.choose({}, request)).refusal);
    EXPECT_EQ(verdicts.of(*accounts.choose({}, request)).refusal->code, "key_wrong");
    EXPECT_EQ(verdicts.of(*accounts.choose({}, request)).trust, model::Trust::Anonymous);
    EXPECT_EQ(verdicts.best(), model::Trust::Key) << "of the second account";
    EXPECT_EQ(verdicts.of(*same_routes.choose({}, request)).refusal, std::nullopt) << "of another configuration";
}

TEST(Accounts, RefuseByTheHeaderWhoeverMayPostToNone) {
    const FakeDestination first("first");
    const FakeDestination second("second");
    const Accounts closed({with_key(first, "key-1"), with_key(second, "key-2")});
    const Accounts half_open({with_key(first, "key-1"), {&second, {}, {}, {}}});

    EXPECT_TRUE(closed.refuse_head(header_only(key_header, "wrong"), std::nullopt));
    EXPECT_EQ(closed.refuse_head(header_only(key_header, "key-2"), std::nullopt), std::nullopt);
    EXPECT_EQ(half_open.refuse_head(header_only(key_header, "wrong"), std::nullopt), std::nullopt);
}

TEST(Accounts, WaitForTheBodyWhereItMayBeSigned) {
    const FakeDestination only("only");
    Route route{&only, {}, {}, {}};
    route.access.signing_keys = {Secret("key")};
    const Accounts accounts({route});

    EXPECT_EQ(accounts.refuse_head(header_only(signature_header, "00"), std::nullopt), std::nullopt);
    EXPECT_TRUE(accounts.judge(header_only(signature_header, "00"), std::nullopt).of_all());
    EXPECT_TRUE(accounts.refuse_head({}, std::nullopt)) << "without a signature the body can tell nothing";
}

TEST(Accounts, KeepNoKeyInPlainText) {
    const FakeDestination only("only");
    const Accounts accounts({with_key(only, "key-1")});

    EXPECT_TRUE(accounts.choose({}, {})->route.access.keys.empty());
    EXPECT_FALSE(accounts.choose({}, {})->access.open());
}

}  // namespace
}  // namespace pinrelay::ingest
