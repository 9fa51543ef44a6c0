#include "net/server/turn_order.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pinrelay::net {
namespace {
using namespace std::chrono_literals;
using Order = TurnOrder<std::string>;

constexpr Order::Time start{};

// All that wait, in their order.
std::string all(Order& order) {
    std::string names;
    while (auto next = order.next()) names += next->item + ' ';
    return names;
}

TEST(TurnOrder, ClientsTakeTurns) {
    Order order(start);
    for (const char* name : {"a1", "a2", "a3"}) order.add(1, name);
    for (const char* name : {"b1", "b2"}) order.add(2, name);
    order.add(3, "c1");

    EXPECT_EQ(all(order), "a1 b1 c1 a2 b2 a3 ");
    EXPECT_TRUE(order.empty());
}

TEST(TurnOrder, AClientThatUsedLittleComesFirst) {
    Order order(start);
    order.charge(1, 100ms, start);
    order.charge(2, 1ms, start);
    order.add(1, "a1");
    order.add(2, "b1");
    order.add(2, "b2");
    order.add(3, "c1");

    EXPECT_EQ(all(order), "b1 c1 b2 a1 ");
}

TEST(TurnOrder, ALittleMoreOrLessMakesNoDifference) {
    Order order(start);
    order.charge(1, 1ms, start);
    order.add(1, "a1");
    order.add(2, "b1");

    EXPECT_EQ(all(order), "a1 b1 ");
}

TEST(TurnOrder, WhatIsUsedWhileOthersWaitCounts) {
    Order order(start);
    for (const char* name : {"a1", "a2"}) order.add(1, name);
    order.add(2, "b1");
    EXPECT_EQ(order.next()->item, "a1");
    order.charge(1, 50ms, start);
    order.add(3, "c1");

    EXPECT_EQ(all(order), "b1 c1 a2 ");
}

TEST(TurnOrder, WhatWasUsedIsForgottenInTime) {
    Order order(start);
    order.charge(1, 100ms, start);
    for (int passed = 1; passed <= 6; ++passed) order.charge(2, 0ms, start + passed * Order::half_life);
    order.add(1, "a1");
    order.add(2, "b1");

    EXPECT_EQ(all(order), "a1 b1 ");
}

TEST(TurnOrder, NobodyWaitsForEver) {
    Order order(start);
    order.charge(1, 500ms, start);  // as much as one that has the worker to itself
    order.add(1, "heavy");
    bool had_its_turn = false;
    int others = 0;
    for (auto now = start; !had_its_turn && others < 100'000; now += 1ms) {
        order.add(static_cast<http::ClientKey>(others) + 2, "light");  // never the same
        had_its_turn = order.next()->item == "heavy";
        if (!had_its_turn) order.charge(static_cast<http::ClientKey>(others++) + 2, 1ms, now);
    }

    EXPECT_TRUE(had_its_turn);
    EXPECT_LT(others * 1ms, 2s);
}

TEST(TurnOrder, ForgetsClientsOfWhichNothingIsLeft) {
    Order order(start);
    for (http::ClientKey client = 0; client < 1'000; ++client) order.charge(client, 1ms, start);
    EXPECT_EQ(order.clients(), 1'000U);

    order.add(7, "waits");
    order.charge(1, 20ms, start + Order::half_life);

    EXPECT_EQ(order.clients(), 2U);
}

}  // namespace
}  // namespace pinrelay::net
