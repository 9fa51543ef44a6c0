#include "ingest/limits/event_rates.hpp"

#include <gtest/gtest.h>

#include <boost/asio/ip/address.hpp>
#include <string>

namespace pinrelay::ingest {
namespace {

using namespace std::chrono_literals;
using Limit = EventRates::Limit;

const SteadyTime events_start{};

http::ClientNetworks client_at(const std::string& address) {
    return http::client_networks(boost::asio::ip::make_address(address));
}

class EventRatesTest : public testing::Test {
protected:
    // How many of that many single events are taken.
    int taken(const std::string& address, int events, SteadyTime now = events_start) {
        int count = 0;
        for (int i = 0; i < events; ++i)
            if (!rates.take(1, client_at(address), now)) ++count;
        return count;
    }

    // Four addresses use up all that strangers have.
    void flood() {
        for (int i = 1; i <= 4; ++i) EXPECT_EQ(taken("203.0.113." + std::to_string(i), 1'000), 250);
    }

    EventRates rates{PerSecond{100}, events_start};  // 1,000 at once
};

TEST_F(EventRatesTest, GiveOneClientAQuarterAndTheNetworksAroundItAHalf) {
    EXPECT_EQ(taken("203.0.113.7", 1'000), 250);
    EXPECT_EQ(rates.take(1, client_at("203.0.113.7"), events_start)->limit, Limit::OfClient);
    int of_a_56 = 0;
    for (int i = 0; i < 100; ++i) of_a_56 += taken("2001:db8:1:" + std::to_string(i) + "::1", 100);
    EXPECT_EQ(of_a_56, 500);
}

TEST_F(EventRatesTest, KeepARateForTrustedSendersThatStrangersCannotUseUp) {
    flood();

    EXPECT_EQ(rates.take_trusted(1'000, events_start), std::nullopt);
    EXPECT_EQ(rates.take_trusted(1, events_start)->limit, Limit::OfAccount);
    EXPECT_EQ(rates.take_trusted(1, events_start)->wait, 10ms);
}

TEST_F(EventRatesTest, KeepARateForVisitorsThatAFewFloodersCannotUseUp) {
    flood();

    for (int i = 0; i < 50; ++i) EXPECT_EQ(taken("198.51.100." + std::to_string(i), 20), 20) << i;
    EXPECT_EQ(rates.take(1, client_at("198.51.100.200"), events_start)->limit, Limit::OfAccount);
}

TEST_F(EventRatesTest, LetAFlooderTakeNoMoreOfThatThanAVisitorMay) {
    flood();

    EXPECT_EQ(taken("198.51.100.1", 1'000), 30);
    EXPECT_EQ(taken("203.0.113.1", 1'000, events_start + 1s), 25) << "of its own quarter";
}

TEST_F(EventRatesTest, WithoutALimitTakeAll) {
    EventRates open(std::nullopt, events_start);

    EXPECT_TRUE(open.unlimited());
    EXPECT_EQ(open.take(1'000'000, client_at("203.0.113.7"), events_start), std::nullopt);
    EXPECT_EQ(open.take_trusted(1'000'000, events_start), std::nullopt);
}

}  // namespace
}  // namespace pinrelay::ingest
