#include "spool/group_queue.hpp"

#include <gtest/gtest.h>

#include "fixtures/spool_records.hpp"

namespace pinrelay::spool {
namespace {

using std::chrono::milliseconds;
using test::noon;

constexpr std::size_t body_size = 1000;
constexpr std::uint64_t memory = 100 * (body_size + 300);

class SharedQueue : public testing::Test {
protected:
    SharedQueue() { queue.share_between({"shop", "blog"}); }

    std::optional<SpoolErrc> push(const std::string& destination, std::size_t size = body_size) {
        Record record = test::record("a", noon, destination);
        record.body.resize(size, ' ');
        Command command = AppendCommand{{{std::move(record)}}, noon, nullptr};
        return queue.push(command);
    }

    // What it takes of one destination until it refuses.
    std::size_t fill(const std::string& destination) {
        std::size_t taken = 0;
        while (!(refusal = push(destination))) ++taken;
        return taken;
    }

    GroupQueue queue{{1'000'000, 1'000'000'000, memory}};
    std::optional<SpoolErrc> refusal;
};

TEST_F(SharedQueue, OneDestinationLeavesTheOtherItsPartOfTheMemoryWhereTheDiskHangs) {
    const auto of_shop = fill("shop");
    const auto first_refusal = refusal;
    const auto of_other = fill("blog");

    EXPECT_EQ(first_refusal, SpoolErrc::ShareFull);
    EXPECT_EQ(refusal, SpoolErrc::Full);
    EXPECT_GT(of_shop, of_other * 2);
    EXPECT_GT(of_other, 20U);
}

TEST_F(SharedQueue, WhatTheWriterHasTakenCountsUntilItIsWritten) {
    fill("shop");
    std::vector<Command> group;
    queue.take(group, milliseconds(0));
    const auto while_it_writes = push("shop");
    queue.finished({});

    EXPECT_EQ(while_it_writes, SpoolErrc::ShareFull);
    EXPECT_EQ(push("shop"), std::nullopt);
}

TEST_F(SharedQueue, TakesOneOfAnySizeWhereNothingElseIsInMemory) {
    EXPECT_EQ(push("shop", memory * 2), std::nullopt);
    EXPECT_EQ(push("blog", memory * 2), SpoolErrc::Full);
}

}  // namespace
}  // namespace pinrelay::spool
