#include "net/server/body_room.hpp"

#include <gtest/gtest.h>

namespace pinrelay::net {
namespace {

const auto one_client = http::client_networks(boost::asio::ip::make_address("203.0.113.7"));
const auto another_client = http::client_networks(boost::asio::ip::make_address("203.0.113.8"));

class BodyRoomTest : public testing::Test {
protected:
    BodyRoomTest() {
        limits.unfinished_bytes = 4 * BodyRoom::block;
        limits.unfinished_bytes_per_client = 2 * BodyRoom::block;
    }

    BodyRoom room;
    ServerLimits limits;
};

TEST_F(BodyRoomTest, IsNotTakenByShortBodies) {
    limits.unfinished_bytes = 0;
    HeldRoom held(room);

    EXPECT_TRUE(held.grow_to(BodyRoom::short_body, limits));
    EXPECT_FALSE(held.grow_to(BodyRoom::short_body + 1, limits));
}

TEST_F(BodyRoomTest, HasItsPartForEachClientAndABoundForAll) {
    HeldRoom first(room), second(room), of_another(room), of_a_proxy(room);
    first.belong_to(one_client);
    second.belong_to(one_client);
    of_another.belong_to(another_client);

    EXPECT_TRUE(first.grow_to(2 * BodyRoom::block, limits));
    EXPECT_FALSE(second.grow_to(BodyRoom::block, limits)) << "the client has its part";
    EXPECT_TRUE(of_another.grow_to(2 * BodyRoom::block, limits));
    EXPECT_FALSE(of_a_proxy.grow_to(BodyRoom::block, limits)) << "nothing is left";
    first.release();
    EXPECT_TRUE(second.grow_to(BodyRoom::block, limits));
    EXPECT_TRUE(of_a_proxy.grow_to(BodyRoom::block, limits));
    EXPECT_FALSE(of_a_proxy.grow_to(2 * BodyRoom::block, limits));
}

TEST_F(BodyRoomTest, IsGivenBackWhereABodyWasRefused) {
    for (int i = 0; i < 10; ++i) {
        HeldRoom held(room);
        held.belong_to(one_client);
        EXPECT_FALSE(held.grow_to(10 * BodyRoom::block, limits));
    }
    HeldRoom held(room);
    held.belong_to(one_client);

    EXPECT_TRUE(held.grow_to(2 * BodyRoom::block, limits));
}

}  // namespace
}  // namespace pinrelay::net
