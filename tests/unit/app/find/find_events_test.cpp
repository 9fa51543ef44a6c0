#include <gtest/gtest.h>

#include "fixtures/sqlite_spool_fixture.hpp"
#include "pinrelay/app/find.hpp"
#include "pinrelay/identity/digest.hpp"

namespace pinrelay::app {
namespace {

using By = spool::JournalQuestion::By;

class FindEvents : public test::SqliteSpoolTest {
protected:
    FindEvents() {
        options.journal.keep = std::chrono::hours(24);
        open();
    }

    std::size_t found(const std::string& id) { return find_events(options.directory, {By::EventId, id}).events.size(); }
};

TEST_F(FindEvents, FindsAnIdWithBlanksAroundIt) {
    test::append(*spool, {test::record("a")});

    EXPECT_EQ(found("a"), 1U);
    EXPECT_EQ(found(" a "), 1U);
    EXPECT_EQ(found("b"), 0U);
}

TEST_F(FindEvents, FindsAnIdForWhichItsDigestStands) {
    test::append(*spool, {test::record(identity::sha256_hex("jane@shop.example"))});

    EXPECT_EQ(found("jane@shop.example"), 1U);
}

TEST_F(FindEvents, ThrowsWhereThereIsNoStore) {
    EXPECT_THROW(find_events(root.path() / "nowhere", {}), std::runtime_error);
}

}  // namespace
}  // namespace pinrelay::app
