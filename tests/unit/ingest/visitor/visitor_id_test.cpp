#include "ingest/visitor/visitor_id.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

const std::string id = "000102030405060708090a0b0c0d0eff";

bool counts_up(std::span<unsigned char> bytes) {
    unsigned char next = 0;
    for (auto& byte : bytes) byte = next++;
    bytes.back() = 0xFF;
    return true;
}

TEST(VisitorId, IsAllOfTheRandomBytesInHex) { EXPECT_EQ(new_visitor_id(counts_up), id); }

TEST(VisitorId, IsNoneWithoutRandomness) {
    EXPECT_EQ(new_visitor_id([](std::span<unsigned char>) { return false; }), std::nullopt);
}

TEST(VisitorId, IsAnotherEachTimeByTheSystemsRandomness) {
    const auto first = new_visitor_id(openssl_random);
    const auto second = new_visitor_id(openssl_random);

    ASSERT_TRUE(first && second);
    EXPECT_NE(*first, *second);
    EXPECT_TRUE(is_visitor_id(*first));
}

TEST(VisitorId, IsToldFromWhateverElseABrowserMaySend) {
    EXPECT_TRUE(is_visitor_id(id));
    for (const std::string& other : {std::string(), id.substr(1), id + "0", std::string("jane@example.com"),
                                     std::string(32, 'A'), std::string(32, 'g'), std::string(31, '0') + '\n'})
        EXPECT_FALSE(is_visitor_id(other)) << other;
}

TEST(VisitorId, StandsForTheUserWhereTheEventNamesNone) {
    model::Event event;
    event.client_id = "1.2";

    add_visitor_id(event, id);

    EXPECT_EQ(event.user_data.external_ids, model::Texts{id});
    EXPECT_EQ(event.client_id, "1.2");
}

TEST(VisitorId, GivesWayToTheUsersOwnId) {
    model::Event with_user;
    with_user.user_id = "user-77";
    model::Event with_external;
    with_external.user_data.external_ids = {"crm-1"};

    add_visitor_id(with_user, id);
    add_visitor_id(with_external, id);

    EXPECT_TRUE(with_user.user_data.external_ids.empty());
    EXPECT_EQ(with_external.user_data.external_ids, model::Texts{"crm-1"});
}

TEST(VisitorId, DoesNotGiveWayToAPlaceholder) {
    for (const char* placeholder : {"undefined", "0", ""}) {
        model::Event event;
        event.user_id = placeholder;

        add_visitor_id(event, id);

        EXPECT_EQ(event.user_data.external_ids, model::Texts{id}) << placeholder;
    }
}

TEST(VisitorId, IsNotAServers) {
    model::Event event;
    event.sender = model::Sender::Server;

    add_visitor_id(event, id);

    EXPECT_TRUE(event.user_data.external_ids.empty());
}

}  // namespace
}  // namespace pinrelay::ingest
