#include "ingest/proof/browser_proofs.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace pinrelay::ingest {
namespace {

using namespace std::chrono_literals;

const Time proofs_noon = std::chrono::sys_days(std::chrono::December / 1 / 2026) + 12h;
const SteadyTime proofs_start = std::chrono::steady_clock::now() + 1h;
const auto proofs_client = boost::asio::ip::make_address("203.0.113.7");

bool all_ab(std::span<unsigned char> bytes) {
    std::ranges::fill(bytes, static_cast<unsigned char>(0xAB));
    return true;
}

BrowserProofs proofs_with(ProofCounts& counts) { return {{Secret("a key for the tests only")}, all_ab, counts}; }

class BrowserProofsTest : public testing::Test {
protected:
    const std::unique_ptr<ProofCounts> counts = make_proof_counts();
    BrowserProofs proofs = proofs_with(*counts);
};

http::Request holding_cookie(const std::string& line) {
    http::Request request;
    request.received = proofs_noon;
    request.headers = {{"Cookie", line}};
    return request;
}

TEST_F(BrowserProofsTest, GiveAProofThatTheyKnowAgain) {
    const auto value = proofs.next({}, proofs_client, proofs_noon, proofs_start);

    ASSERT_TRUE(value);
    const auto proof = proofs.of(holding_cookie("a=b; _pinrelay_proof=" + *value));
    ASSERT_TRUE(proof);
    EXPECT_EQ(proof->id, 0xABABABABABABABABU);
    EXPECT_EQ(proofs.of(holding_cookie("a=b")), std::nullopt);
}

TEST_F(BrowserProofsTest, FindTheTrueOneBesideOthersOfThatName) {
    const auto value = proofs.next({}, proofs_client, proofs_noon, proofs_start).value();

    EXPECT_TRUE(proofs.of(holding_cookie("_pinrelay_proof=planted; _pinrelay_proof=" + value)));
}

TEST_F(BrowserProofsTest, RenewAnOlderOneUnderTheSameNumber) {
    const Proof young{std::chrono::floor<std::chrono::seconds>(proofs_noon - 5h), 7};
    const Proof older{std::chrono::floor<std::chrono::seconds>(proofs_noon - 6h), 7};

    EXPECT_EQ(proofs.next(young, proofs_client, proofs_noon, proofs_start), std::nullopt);
    const auto renewed = proofs.next(older, proofs_client, proofs_noon, proofs_start);
    ASSERT_TRUE(renewed);
    EXPECT_EQ(proofs.of(holding_cookie("_pinrelay_proof=" + *renewed)),
              (Proof{std::chrono::floor<std::chrono::seconds>(proofs_noon), 7}));
}

TEST_F(BrowserProofsTest, GiveOneClientABoundedNumberOfNewOnes) {
    const auto other = boost::asio::ip::make_address("203.0.113.8");
    int given = 0;

    for (int i = 0; i < 1000; ++i) given += proofs.next({}, proofs_client, proofs_noon, proofs_start) ? 1 : 0;

    EXPECT_EQ(given, 100);
    EXPECT_TRUE(proofs.next({}, other, proofs_noon, proofs_start));
    EXPECT_TRUE(proofs.next({}, proofs_client, proofs_noon, proofs_start + 31s));
}

TEST_F(BrowserProofsTest, CarryTwentySalesADay) {
    const Proof proof{{}, 7};

    for (unsigned i = 0; i < sales_of_a_proof; ++i) EXPECT_TRUE(proofs.take_sale(proof, proofs_start));
    EXPECT_FALSE(proofs.take_sale(proof, proofs_start));
}

TEST_F(BrowserProofsTest, OfANewConfigurationDoNotBeginToCountAnew) {
    const Proof proof{{}, 7};
    for (unsigned i = 0; i < sales_of_a_proof; ++i) proofs.take_sale(proof, proofs_start);
    while (proofs.next({}, proofs_client, proofs_noon, proofs_start)) {
    }

    BrowserProofs next = proofs_with(*counts);

    EXPECT_FALSE(next.take_sale(proof, proofs_start));
    EXPECT_EQ(next.next({}, proofs_client, proofs_noon, proofs_start), std::nullopt);
}

TEST_F(BrowserProofsTest, AreNoneWithoutAKey) {
    BrowserProofs none({}, all_ab, *counts);

    EXPECT_EQ(none.next({}, proofs_client, proofs_noon, proofs_start), std::nullopt);
    EXPECT_EQ(none.of(holding_cookie("_pinrelay_proof=1")), std::nullopt);
    EXPECT_FALSE(none.take_sale({}, proofs_start));
}

}  // namespace
}  // namespace pinrelay::ingest
