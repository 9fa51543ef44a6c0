#include "spool/sqlite/journal/kind_table.hpp"

#include <gtest/gtest.h>

#include <string>

#include "fixtures/temporary_directory.hpp"
#include "spool/sqlite/store.hpp"

namespace pinrelay::spool {
namespace {

class Kinds : public testing::Test {
protected:
    static JournalKindView named(const std::string& name) { return {Happened::Accepted, "shop", name, "checkout", {}}; }

    std::int64_t rows() { return store.connection().number("SELECT count(*) FROM journal_kind"); }

    test::TemporaryDirectory directory;
    Store store{directory.path() / "spool.sqlite"};
    KindTable kinds{store.connection()};
};

TEST_F(Kinds, AKindKeepsItsNumber) {
    const KindNumber number = kinds.number_of(named("a"), 1);

    EXPECT_EQ(number, 1);
    EXPECT_EQ(kinds.number_of(named("b"), 1), 2);
    EXPECT_EQ(kinds.number_of(named("a"), 1), number);
    ASSERT_NE(kinds.find(number), nullptr);
    EXPECT_EQ(view_of(*kinds.find(number)), named("a"));
    EXPECT_EQ(kinds.find(7), nullptr);
}

TEST_F(Kinds, AreReadBack) {
    kinds.number_of(named("a"), 1);
    kinds.number_of({Happened::DeadLetter, {}, {}, {}, "refused"}, 1);

    KindTable again(store.connection());
    again.load();

    EXPECT_EQ(again.number_of(named("a"), 1), 1);
    EXPECT_EQ(again.number_of({Happened::DeadLetter, {}, {}, {}, "refused"}, 1), 2);
    EXPECT_EQ(rows(), 2);
}

TEST_F(Kinds, ThatNoSegmentUsesAnyMoreAreForgotten) {
    kinds.number_of(named("old"), 1);
    kinds.number_of(named("used again"), 1);
    kinds.number_of(named("used again"), 2);

    kinds.forget_before(2);

    EXPECT_EQ(rows(), 1);
    EXPECT_EQ(kinds.find(1), nullptr);
    EXPECT_EQ(kinds.number_of(named("used again"), 2), 2);
}

TEST_F(Kinds, ANameThatAnybodyCanChooseIsLeftOutBeyondABound) {
    store.begin();
    for (int i = 0; i < 9000; ++i) kinds.number_of(named("name " + std::to_string(i)), 1);
    store.commit();

    EXPECT_EQ(rows(), 8192 + 1);
    const KindNumber nameless = kinds.number_of(named("one more"), 1);
    ASSERT_NE(kinds.find(nameless), nullptr);
    EXPECT_EQ(kinds.find(nameless)->source_name, "");
    EXPECT_EQ(kinds.find(nameless)->event_label, "checkout");
}

TEST_F(Kinds, NumbersAreUsedAgainAtTheirEnd) {
    store.connection().run(
        "INSERT INTO journal_kind VALUES (1, 5, 1, 'shop', 'a', '', ''), (65535, 5, 1, 'shop', 'b', '', '')");
    kinds.load();

    EXPECT_EQ(kinds.number_of(named("c"), 5), 2);
}

}  // namespace
}  // namespace pinrelay::spool
