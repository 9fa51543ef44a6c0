// What a request that is refused costs its client.
#include <gtest/gtest.h>

#include "collect_handler_fixture.hpp"
#include "fixtures/gzip.hpp"

namespace pinrelay::ingest {
namespace {

constexpr std::size_t mebibyte = std::size_t{1024} * 1024;

// A client may send ten short requests at once. The work of each of these tests takes as much as a hundred.
class CollectCosts : public CollectHandlerTest {
protected:
    CollectCosts() {
        settings.requests_per_client = PerSecond{1};
        settings.max_body_bytes = 64 * mebibyte;
    }

    int short_request() { return send(post(R"({"event":"page_view"})")).status; }

    CollectSettings settings;
};

TEST_F(CollectCosts, AStrangerPaysForTheCheckOfItsSignature) {
    AccessSettings access;
    for (int key = 0; key < 4; ++key) access.signing_keys.emplace_back("TEST_ONLY_key_" + std::to_string(key));
    access.origins = {"https://shop.example"};
    configure(settings, ConsentPolicy::Respect, access);
    auto forged = post(std::string(8 * mebibyte, 'x'));
    forged.headers = {
        {"Host", "shop.example"}, {"X-Pinrelay-Timestamp", "0"}, {"X-Pinrelay-Signature", std::string(64, '0')}};

    EXPECT_EQ(send(forged).status, 401);
    EXPECT_EQ(short_request(), 429);
}

TEST_F(CollectCosts, WhatIsUnpackedAndThenRefusedIsPaidFor) {
    std::string text;
    while (text.size() < 10 * mebibyte) text += std::to_string(text.size() / 5) + "abcdefghijklmnopqrstuvwxyz";
    const std::string packed = test::gzip(text);
    configure(settings);
    for (int i = 0; i < 9; ++i) ASSERT_EQ(short_request(), 204);

    EXPECT_EQ(send(post(packed)).status, 429);
    EXPECT_EQ(short_request(), 429);
}

}  // namespace
}  // namespace pinrelay::ingest
