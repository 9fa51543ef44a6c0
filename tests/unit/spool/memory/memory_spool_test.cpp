#include "pinrelay/spool/memory.hpp"

#include <gtest/gtest.h>

#include "fixtures/spool_records.hpp"

namespace pinrelay::spool {
namespace {

TEST(MemorySpool, ListsTheNewestDeadLettersOfADestinationOrOfAll) {
    test::ManualClock clock;
    const auto spool = make_memory_spool(clock.clock());
    test::append(*spool, {test::record("a"), test::record("b"), test::record("c", test::noon, "shop2")});
    for (const RecordId id : {1, 3, 2}) test::settle(*spool, {test::dead(id, "refused")});

    const auto ids = [&spool](const std::string& destination, std::size_t limit) {
        test::Ids found;
        for (const auto& letter : spool->dead_letters(destination, limit))
            found.push_back(letter.stored.record.event_id);
        return found;
    };

    EXPECT_EQ(ids("shop", 10), test::Ids({"b", "a"}));
    EXPECT_EQ(ids("", 2), test::Ids({"b", "c"}));
    EXPECT_EQ(ids("shop", 0), test::Ids());
}

}  // namespace
}  // namespace pinrelay::spool
