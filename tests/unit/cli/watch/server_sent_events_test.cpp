#include "cli/watch/server_sent_events.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

namespace pinrelay::cli {
namespace {

std::vector<SentEvent> read(SentEventReader& reader, std::initializer_list<const char*> lines) {
    std::vector<SentEvent> events;
    for (const char* line : lines)
        if (auto event = reader.take(line)) events.push_back(std::move(*event));
    return events;
}

TEST(SentEventReader, GivesAnEventAtItsBlankLine) {
    SentEventReader reader;

    const auto events = read(reader, {"id: 7", "event: outcome", "data: {\"a\":1}", "", "data: b", ""});

    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(events[0].type, "outcome");
    EXPECT_EQ(events[0].data, "{\"a\":1}");
    EXPECT_EQ(events[1].type, "message");
    EXPECT_EQ(events[1].data, "b");
    EXPECT_EQ(reader.last_id(), "7");
}

TEST(SentEventReader, LeavesOutCommentsAndOtherFields) {
    SentEventReader reader;

    EXPECT_TRUE(read(reader, {":", "", "retry: 2000", "", "event: event", ""}).empty());
}

TEST(SentEventReader, JoinsTheLinesOfAnEvent) {
    SentEventReader reader;

    const auto events = read(reader, {"data:one", "data: two", ""});

    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].data, "one\ntwo");
}

}  // namespace
}  // namespace pinrelay::cli
