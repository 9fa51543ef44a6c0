#include "ingest/long_bodies/fair_turns.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pinrelay::ingest {
namespace {

using Turns = FairTurns<std::string>;

bool add(Turns& turns, const Turn& turn, std::size_t bytes, std::string name) { return turns.add(turn, bytes, name); }

std::string order_of(Turns& turns) {
    std::string order;
    while (auto next = turns.next()) order += *next + ' ';
    return order;
}

constexpr Turn turn_a{1, 1};
constexpr Turn turn_b{2, 2};
constexpr Turn turn_c{3, 3};

TEST(FairTurns, GoClientByClient) {
    Turns turns(1000);
    for (const char* name : {"a1", "a2", "a3"}) add(turns, turn_a, 1, name);
    for (const char* name : {"b1", "b2"}) add(turns, turn_b, 1, name);
    add(turns, turn_c, 1, "c1");

    EXPECT_EQ(order_of(turns), "a1 b1 c1 a2 b2 a3 ");
    EXPECT_TRUE(turns.empty());
}

TEST(FairTurns, OfOneWhoComesLaterIsNextButOne) {
    Turns turns(1000);
    for (const char* name : {"a1", "a2", "a3", "a4"}) add(turns, turn_a, 1, name);
    EXPECT_EQ(turns.next(), "a1");
    add(turns, turn_b, 1, "b1");

    EXPECT_EQ(order_of(turns), "a2 b1 a3 a4 ");
}

TEST(FairTurns, OfAGroupAreSharedByItsClients) {
    Turns turns(1000);
    for (http::ClientKey client = 10; client < 14; ++client) add(turns, {9, client}, 1, "g" + std::to_string(client));
    add(turns, {9, 10}, 1, "g10");
    for (const char* name : {"a1", "a2"}) add(turns, turn_a, 1, name);

    EXPECT_EQ(order_of(turns), "g10 a1 g11 a2 g12 g13 g10 ");
}

TEST(FairTurns, OfOneClientMayHoldAsMuchAsThenIsLeft) {
    Turns turns(90);

    EXPECT_TRUE(add(turns, turn_a, 30, "a1"));
    EXPECT_FALSE(add(turns, turn_a, 1, "a2"));
    EXPECT_TRUE(add(turns, turn_b, 20, "b1")) << "another finds room";
    EXPECT_FALSE(add(turns, turn_b, 1, "b2"));
    EXPECT_EQ(order_of(turns), "a1 b1 ");
    EXPECT_TRUE(add(turns, turn_a, 30, "a3")) << "what has gone makes room";
}

TEST(FairTurns, OfAGroupLeaveRoomForOthers) {
    Turns turns(100);
    std::size_t held = 0;
    for (http::ClientKey client = 0; client < 1000; ++client) held += add(turns, {9, client}, 1, "g") ? 1 : 0;

    EXPECT_EQ(held, 50U);
    EXPECT_TRUE(add(turns, turn_a, 25, "a1"));
}

TEST(FairTurns, ARefusedItemStaysWhereItIs) {
    Turns turns(10);
    std::string item = "too large";

    EXPECT_FALSE(turns.add(turn_a, 11, item));
    EXPECT_EQ(item, "too large");
    EXPECT_TRUE(turns.empty());
    EXPECT_FALSE(turns.next());
}

}  // namespace
}  // namespace pinrelay::ingest
