#include "spool/group_queue.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

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

class QueueOfKnownSenders : public testing::Test {
protected:
    QueueOfKnownSenders() { queue.keep_room_for_known(true); }

    std::optional<SpoolErrc> push(model::Trust trust) {
        Arrival arrival{test::record("a", noon)};
        arrival.trust = trust;
        Command command = AppendCommand{{std::move(arrival)}, noon, nullptr};
        return queue.push(command);
    }

    GroupQueue queue{{100, 1'000'000'000, 1'000'000'000}};
};

TEST_F(QueueOfKnownSenders, KeepsATenthOfItsRoomFromStrangers) {
    for (int i = 0; i < 90; ++i)
        EXPECT_EQ(push(i % 2 == 0 ? model::Trust::Anonymous : model::Trust::Browser), std::nullopt);
    EXPECT_EQ(push(model::Trust::Browser), SpoolErrc::KnownOnly);
    EXPECT_FALSE(queue.full());

    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(push(i % 2 == 0 ? model::Trust::Network : model::Trust::Signed), std::nullopt);
    EXPECT_EQ(push(model::Trust::Signed), SpoolErrc::Full);
    EXPECT_EQ(push(model::Trust::Anonymous), SpoolErrc::KnownOnly);
}

TEST_F(QueueOfKnownSenders, GivesAllOfItsRoomToAnybodyWhereNobodyIsKnown) {
    queue.keep_room_for_known(false);

    for (int i = 0; i < 100; ++i) EXPECT_EQ(push(model::Trust::Anonymous), std::nullopt);
    EXPECT_EQ(push(model::Trust::Anonymous), SpoolErrc::Full);
}

TEST_F(SharedQueue, TakesOneOfAnySizeWhereNothingElseIsInMemory) {
    EXPECT_EQ(push("shop", memory * 2), std::nullopt);
    EXPECT_EQ(push("blog", memory * 2), SpoolErrc::Full);
}

class QueueOfManySenders : public testing::Test {
protected:
    // Commits as many appends as make the next commit wait.
    QueueOfManySenders() {
        push(several);
        take();
        queue.finished({});
    }

    void push(std::size_t appends) {
        for (std::size_t i = 0; i < appends; ++i) {
            Command command = AppendCommand{{{test::record("a", noon)}}, noon, nullptr};
            EXPECT_EQ(queue.push(command), std::nullopt);
        }
    }

    std::size_t take() {
        std::vector<Command> group;
        queue.take(group, milliseconds(0));
        return group.size();
    }

    static constexpr std::size_t several = 5;
    GroupQueue queue{{1'000'000, 1'000'000'000, 1'000'000'000},
                     CommitDelay({several, 1'000'000, std::chrono::hours(1), std::chrono::hours(1)})};
};

TEST_F(QueueOfManySenders, WaitsUntilThoseWhoWereAnsweredHaveSentAgain) {
    push(1);
    std::atomic<bool> is_taken = false;
    std::thread others([&] {
        for (; !is_taken; std::this_thread::sleep_for(milliseconds(1))) push(1);
    });

    const auto taken = take();
    is_taken = true;
    others.join();

    EXPECT_GE(taken, 1 + several);
}

TEST_F(QueueOfManySenders, WaitsNoLongerWhenItIsClosed) {
    push(2);
    std::thread closing([this] { queue.close(); });

    const auto taken = take();
    closing.join();

    EXPECT_EQ(taken, 2U);
}

TEST_F(QueueOfManySenders, DoesNotWaitWithALeaseAlone) {
    Command lease = LeaseCommand{test::due_at(noon), noon, nullptr, {}};
    queue.push(lease);

    EXPECT_EQ(take(), 1U);
}

}  // namespace
}  // namespace pinrelay::spool
