#include <gtest/gtest.h>

#include "fixtures/sqlite_spool_fixture.hpp"

namespace pinrelay::spool {
namespace {

using test::append;
using test::record;

class SharedStore : public test::SqliteSpoolTest {
protected:
    void open_shared() {
        open();
        spool->share_between({"shop", "blog"});
    }

    Record of_blog(const std::string& id) { return record(id, test::noon, "blog"); }

    // What it takes until it refuses.
    std::size_t fill(const std::string& destination, std::size_t body_size = 10) {
        std::size_t taken = 0;
        Record each = record(destination, test::noon, destination);
        each.body.resize(body_size, ' ');
        while (!(refusal = append(*spool, {each}).error())) ++taken;
        return taken;
    }

    ErrorCode refusal;
};

TEST_F(SharedStore, OneAccountLeavesTheOtherItsPartOfTheRecords) {
    options.max_records = 100;
    open_shared();

    EXPECT_EQ(fill("shop"), 75U);
    EXPECT_EQ(refusal, SpoolErrc::ShareFull);
    EXPECT_FALSE(spool->ledger().full);
    EXPECT_EQ(fill("blog"), 25U);
    EXPECT_EQ(refusal, SpoolErrc::Full);
}

TEST_F(SharedStore, OneAccountLeavesTheOtherItsPartOfTheBytes) {
    constexpr std::size_t large = 10'000;
    options.max_bytes = 2'000'000;
    open_shared();

    const auto of_shop = fill("shop", large);
    const auto first_refusal = refusal;
    const auto of_other = fill("blog", large);

    EXPECT_EQ(first_refusal, SpoolErrc::ShareFull);
    EXPECT_EQ(refusal, SpoolErrc::Full);
    EXPECT_GT(of_shop, of_other * 2);
    EXPECT_GT(of_other, options.max_bytes / large / 8);
}

TEST_F(SharedStore, DeadLettersHoldTheirPartOfTheBytesAlsoAfterARestart) {
    constexpr std::size_t large = 10'000;
    options.max_bytes = 2'000'000;
    open_shared();
    fill("shop", large);
    std::vector<Settlement> deaths;
    for (const auto& each : *test::lease(*spool, test::due_at(test::noon)))
        deaths.push_back(test::dead(each.id, "refused"));
    test::settle(*spool, deaths);

    open_shared();

    EXPECT_LE(fill("shop", large), 1U);
    EXPECT_EQ(refusal, SpoolErrc::ShareFull);
    EXPECT_GT(fill("blog", large), 10U);
}

TEST_F(SharedStore, AnAccountThatWasDeliveredHasRoomAgain) {
    options.max_records = 4;
    open_shared();
    const auto taken = fill("shop");
    test::settle(*spool, {test::delivered(test::lease(*spool, test::due_at(test::noon))->front().id)});

    EXPECT_EQ(taken, 3U);
    EXPECT_TRUE(append(*spool, {record("another")}));
}

TEST_F(SharedStore, AnAppendForBothIsRefusedWholeWhereOneIsBeyondItsShare) {
    options.max_records = 4;
    open_shared();
    fill("shop");

    const auto both = append(*spool, {of_blog("b"), record("s")});

    EXPECT_EQ(both.error(), SpoolErrc::Full) << "three and two are more than four";
    EXPECT_EQ(spool->ledger().total("blog").stored, 0U);
}

TEST_F(SharedStore, IsDividedAnewWhenTheAccountsChange) {
    options.max_records = 4;
    open_shared();
    fill("shop");

    spool->share_between({"shop"});

    EXPECT_TRUE(append(*spool, {record("another")}));
}

}  // namespace
}  // namespace pinrelay::spool
