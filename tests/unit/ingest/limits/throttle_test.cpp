#include "ingest/limits/throttle.hpp"

#include <gtest/gtest.h>

#include "fixtures/fake_destination.hpp"

namespace pinrelay::ingest {
namespace {

using test::FakeDestination;

boost::asio::ip::address from(const std::string& address) { return boost::asio::ip::make_address(address); }

std::vector<Outcome> records_for(const destination::Destination& destination, std::size_t count) {
    std::vector<Outcome> outcomes(count);
    for (auto& outcome : outcomes) {
        outcome.destination = &destination;
        outcome.result = model::Record{};
    }
    return outcomes;
}

// How many of that many requests are taken at once.
template <class Ask>
int taken(int requests, Ask ask) {
    int count = 0;
    for (int i = 0; i < requests; ++i)
        if (!ask()) ++count;
    return count;
}

TEST(Throttle, AsksAClientThatSendsTooMuchToWait) {
    const Throttle throttle(PerSecond{1});

    taken(100, [&] { return throttle.refuse_client(from("203.0.113.7")); });
    const auto refusal = throttle.refuse_client(from("203.0.113.7"));

    ASSERT_TRUE(refusal.has_value());
    EXPECT_EQ(refusal->status, 429);
    ASSERT_NE(refusal->header("Retry-After"), nullptr);
    EXPECT_EQ(*refusal->header("Retry-After"), "1");
    EXPECT_EQ(throttle.refuse_client(from("203.0.113.8")), std::nullopt);
}

TEST(Throttle, CountsAWholeNetworkOfIpv6AsOneClient) {
    const Throttle throttle(PerSecond{1});
    const auto behind = [&](const char* client) { return throttle.refuse_client(from(client)); };

    taken(100, [&] { return behind("2001:db8::1"); });

    EXPECT_TRUE(behind("2001:db8::ffff").has_value());
    EXPECT_FALSE(behind("2001:db8:0:1::1").has_value());
    EXPECT_FALSE(behind("203.0.113.7").has_value());
}

TEST(Throttle, CountsALongBodyAsSeveralRequests) {
    const Throttle throttle(PerSecond{1});
    const auto sends = [&](std::size_t bytes) { return throttle.refuse_bytes(from("203.0.113.7"), bytes); };

    EXPECT_EQ(taken(100, [&] { return sends(4000); }), 100);
    EXPECT_EQ(taken(100, [&] { return sends(8192); }), 5);
    EXPECT_TRUE(throttle.refuse_client(from("203.0.113.7")).has_value());
}

TEST(Throttle, TakesABodyThatIsLongerThanAllThatAClientMaySendAtOnce) {
    const Throttle throttle(PerSecond{1});

    EXPECT_EQ(throttle.refuse_bytes(from("203.0.113.7"), 1024 * 1024), std::nullopt);
    EXPECT_TRUE(throttle.refuse_bytes(from("203.0.113.7"), 1024 * 1024).has_value());
}

TEST(RefuseEvents, TakesNothingOfARequestThatHoldsTooManyEventsForAnAccount) {
    const FakeDestination limited("limited");
    const FakeDestination open("open");
    Route route{&limited, {}, {}, {}};
    route.events = PerSecond{1};
    Accounts accounts({route, {&open, {}, {}, {}}});

    EXPECT_FALSE(refuse_events(accounts, records_for(limited, 2), from("203.0.113.7")));
    const auto refused = refuse_events(accounts, records_for(limited, 2), from("203.0.113.7"));
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->destination, limited.name());
    EXPECT_FALSE(refuse_events(accounts, records_for(open, 1000), from("203.0.113.7")));
}

TEST(RefuseEvents, CountsTrustedSendersByThemselves) {
    const FakeDestination shop("shop");
    Route route{&shop, {}, {}, {}};
    route.events = PerSecond{1};
    Accounts accounts({route});
    auto of_server = records_for(shop, 10);
    for (Outcome& outcome : of_server) outcome.trust = model::Trust::Network;

    taken(5, [&] { return refuse_events(accounts, records_for(shop, 10), from("203.0.113.7")); });

    EXPECT_EQ(refuse_events(accounts, records_for(shop, 1), from("203.0.113.7"))->code, rejected_client_events);
    EXPECT_FALSE(refuse_events(accounts, of_server, from("203.0.113.7")));
    EXPECT_EQ(refuse_events(accounts, of_server, from("203.0.113.7"))->code, rejected_account_rate);
}

TEST(Throttle, CountsAHandshakeAsFourRequests) {
    const Throttle throttle(PerSecond{4});

    int handshakes = 0;
    while (handshakes < 100 && throttle.takes_handshake(from("203.0.113.7"))) ++handshakes;

    EXPECT_EQ(handshakes, 10);
    EXPECT_TRUE(throttle.refuse_client(from("203.0.113.7")).has_value());
    EXPECT_TRUE(throttle.takes_handshake(from("203.0.113.8")));
}

TEST(Throttle, LetsTheNextRequestsPayForWorkThatIsDone) {
    const Throttle throttle(PerSecond{1});
    throttle.charge(from("203.0.113.7"), 25);

    const auto refusal = throttle.refuse_client(from("203.0.113.7"));

    ASSERT_TRUE(refusal.has_value());
    EXPECT_EQ(*refusal->header("Retry-After"), "16");
    EXPECT_FALSE(throttle.refuse_client(from("203.0.113.8")));
}

TEST(Throttle, WithoutLimitsRefusesNothing) {
    const Throttle throttle(std::nullopt);

    EXPECT_EQ(taken(10'000, [&] { return throttle.refuse_client(from("203.0.113.7")); }), 10'000);
}

}  // namespace
}  // namespace pinrelay::ingest
