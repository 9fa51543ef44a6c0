#include "ingest/limits/client_rates.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace pinrelay::ingest {
namespace {

using namespace std::chrono_literals;

const SteadyTime origin{};
constexpr std::uint64_t seed = 42;

// A client of one network, as of IPv4.
http::ClientNetworks one(http::ClientKey key) { return {{key}, 1}; }

// The client of an IPv6 address.
http::ClientNetworks at(const std::string& address) {
    return http::client_networks(boost::asio::ip::make_address(address));
}

TEST(ClientRates, LimitEachClientAlone) {
    ClientRates rates({10, 2}, origin, seed);

    EXPECT_EQ(rates.take(one(1), 1, origin), 0ms);
    EXPECT_EQ(rates.take(one(1), 1, origin), 0ms);
    EXPECT_EQ(rates.take(one(1), 1, origin), 100ms);
    EXPECT_EQ(rates.take(one(2), 1, origin), 0ms);
    EXPECT_EQ(rates.take(one(1), 1, origin + 100ms), 0ms);
}

TEST(ClientRates, WhatCountsAsSeveralIsTakenAsAWhole) {
    ClientRates rates({10, 4}, origin, seed);

    EXPECT_EQ(rates.take(one(1), 3, origin), 0ms);
    EXPECT_EQ(rates.take(one(1), 2, origin), 100ms);
    EXPECT_EQ(rates.take(one(1), 1, origin), 0ms);
}

TEST(ClientRates, WithoutALimitTakeAll) {
    ClientRates rates({0, 0}, origin, seed);

    for (int i = 0; i < 1000; ++i) EXPECT_EQ(rates.take(one(1), 1, origin), 0ms);
}

// A million addresses pass by; each gets its burst, and one that floods meanwhile stays limited nearly always.
TEST(ClientRates, HoldAFlooderAmongVeryManyOthers) {
    ClientRates rates({1, 1}, origin, seed);
    int taken = 0;
    int refused_others = 0;

    for (http::ClientKey other = 1'000; other < 1'001'000; ++other) {
        const auto now = origin + std::chrono::microseconds(other);
        if (rates.take(one(7), 1, now) == 0ms) ++taken;
        if (rates.take(one(other), 1, now) != 0ms) ++refused_others;
    }

    EXPECT_LT(taken, 1000) << "of a million";
    EXPECT_LT(refused_others, 1000) << "that share a mark with another client of the same set";
}

TEST(ClientRates, GiveOneThatOwesNothingAnymoreItsPlaceAway) {
    ClientRates rates({10, 1}, origin, seed);
    for (http::ClientKey client = 0; client < 200'000; ++client) rates.take(one(client), 1, origin);

    const auto later = origin + 1s;

    int refused = 0;
    for (http::ClientKey client = 300'000; client < 310'000; ++client)
        if (rates.take(one(client), 1, later) != 0ms) ++refused;
    EXPECT_EQ(refused, 0);
}

// A home line has the 256 networks of a /56, a rented server the 65,536 of a /48: each alone is a client.
TEST(ClientRates, GiveTheNetworksAroundAClientFourAndSixteenTimesItsRate) {
    ClientRates rates({1, 10}, origin, seed);
    const auto taken_of = [&](int networks, auto address_in) {
        int taken = 0;
        for (int network = 0; network < networks; ++network)
            for (int i = 0; i < 20; ++i)
                if (rates.take(at(address_in(network)), 1, origin) == 0ms) ++taken;
        return taken;
    };
    const auto hex = [](int number) {
        std::ostringstream text;
        text << std::hex << number;
        return text.str();
    };

    EXPECT_EQ(taken_of(1, [](int) { return "2001:db8:1:0100::1"; }), 10) << "of a /64";
    EXPECT_EQ(taken_of(256, [&](int i) { return "2001:db8:2:" + hex(i) + "::1"; }), 40) << "of a /56";
    EXPECT_EQ(taken_of(256, [&](int i) { return "2001:db8:3:" + hex(256 * i) + "::1"; }), 160) << "of a /48";
    EXPECT_EQ(taken_of(16, [&](int i) { return "2001:db8:" + hex(16 + i) + "::1"; }), 160) << "of sixteen /48";
}

TEST(ClientRates, LetAClientPayForWorkThatIsDone) {
    ClientRates rates({10, 2}, origin, seed);
    rates.charge(one(1), 7, origin);

    EXPECT_EQ(rates.take(one(1), 1, origin), 600ms);
    EXPECT_EQ(rates.take(one(2), 1, origin), 0ms);
    EXPECT_EQ(rates.take(one(1), 1, origin + 600ms), 0ms);
}

TEST(ClientRates, LetNobodyOweMoreThanAMinute) {
    ClientRates rates({10, 2}, origin, seed);
    for (int i = 0; i < 1000; ++i) rates.charge(one(1), 1'000'000, origin);

    EXPECT_EQ(rates.take(one(1), 1, origin), 1min + 100ms);
    EXPECT_EQ(rates.take(one(1), 1, origin + 1min + 100ms), 0ms);
}

TEST(ClientRates, ChargeTheNetworksAroundAClientToo) {
    ClientRates rates({1, 1}, origin, seed);
    for (int i = 0; i < 4; ++i) rates.charge(at("2001:db8:1:" + std::to_string(i) + "::1"), 1, origin);

    EXPECT_NE(rates.take(at("2001:db8:1:9::1"), 1, origin), 0ms) << "in the same /56";
    EXPECT_EQ(rates.take(at("2001:db8:1:1000::1"), 1, origin), 0ms) << "in the same /48";
}

}  // namespace
}  // namespace pinrelay::ingest
