#include "mock_pinterest/journal/journal.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "mock_pinterest/journal/transcript.hpp"
#include "unit/mock_pinterest/sample_events.hpp"

namespace pinrelay::mock {
namespace {

using namespace std::chrono_literals;
using test::json;

const auto start = std::chrono::system_clock::time_point(1'713'571'200s);

EventRecord event_named(const std::string& id, std::chrono::seconds after = 0s) {
    EventRecord event;
    event.received_at = start + after;
    event.account = "42";
    event.event_name = "checkout";
    event.event_id = id;
    event.action_source = "web";
    event.json = test::event(id).dump();
    return event;
}

RequestRecord accepted_request() {
    RequestRecord request;
    request.received_at = start;
    request.accepted = true;
    request.status = 200;
    return request;
}

TEST(Journal, FoldsTheSameNameAndIdOfOneAccount) {
    Journal journal({});
    EventRecord other_name = event_named("a");
    other_name.event_name = "lead";
    EventRecord other_account = event_named("a");
    other_account.account = "43";

    journal.record(accepted_request(), {event_named("a"), event_named("a"), other_name, other_account});

    EXPECT_EQ(journal.summary().unique, 3U);
    EXPECT_EQ(journal.summary().duplicates, 1U);
    EXPECT_TRUE(journal.events()[1].duplicate);
}

TEST(Journal, FoldsWithinTheWindowOnly) {
    Journal journal({});

    journal.record(accepted_request(), {event_named("a"), event_named("a", 48h - 1s), event_named("a", 48h)});

    EXPECT_EQ(journal.summary().unique, 2U);
    EXPECT_EQ(journal.summary().duplicates, 1U);
}

TEST(Journal, NeverFoldsOfflineEvents) {
    Journal journal({});
    EventRecord offline = event_named("a");
    offline.action_source = "offline";

    journal.record(accepted_request(), {offline, offline});

    EXPECT_EQ(journal.summary().unique, 2U);
}

TEST(Journal, CountsAFailedEventAsNeitherUniqueNorDuplicate) {
    Journal journal({});
    EventRecord failed = event_named("a");
    failed.verdict = {false, "no", ""};

    journal.record(accepted_request(), {failed, event_named("a")});

    EXPECT_EQ(journal.summary().failed, 1U);
    EXPECT_EQ(journal.summary().unique, 1U);
    EXPECT_EQ(journal.summary().duplicates, 0U);
}

TEST(Journal, LetsTheOldestGoButCountsThem) {
    Options options;
    options.keep = 2;
    Journal journal(options);

    journal.record(accepted_request(), {event_named("a"), event_named("b"), event_named("c")});

    ASSERT_EQ(journal.events().size(), 2U);
    EXPECT_EQ(journal.events()[0].event_id, "b");
    EXPECT_EQ(journal.summary().events, 3U);
}

TEST(Journal, WritesOneJsonLinePerEventAtOnce) {
    const auto file =
        std::filesystem::path(testing::TempDir()) / ("mock-record-" + std::to_string(::getpid()) + ".jsonl");
    Options options;
    options.record = file.string();
    Journal journal(options);

    journal.record(accepted_request(), {event_named("a"), event_named("b")});

    std::ifstream in(file);
    std::string line;
    std::vector<json> lines;
    while (std::getline(in, line)) lines.push_back(json::parse(line, nullptr, false));
    std::filesystem::remove(file);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[1]["received_at"], "2024-04-20T00:00:00.000Z");
    EXPECT_EQ(lines[1]["account"], "42");
    EXPECT_EQ(lines[1]["verdict"]["status"], "processed");
    EXPECT_EQ(lines[1]["event"]["event_id"], "b");
}

TEST(Journal, SaysWhereItCannotWrite) {
    Options options;
    options.record = "/nonexistent/record.jsonl";

    EXPECT_THROW(Journal{options}, std::runtime_error);
}

TEST(Journal, StopsWaitingOnTimeout) {
    const Journal journal({});

    EXPECT_FALSE(journal.wait_for_events(1, 1ms));
    EXPECT_TRUE(journal.wait_for_events(0, 1ms));
}

TEST(Transcript, ShowsAnEventWithoutPeoplesData) {
    EventRecord record = event_named("order-1");
    json event = json::parse(record.json);
    event["user_data"]["fn"] = {"jane"};
    record.json = event.dump();
    record.verdict.warning = "'fn' is not in sha256 hashed format";

    const std::string block = describe(record);

    EXPECT_NE(block.find("checkout  order-1"), std::string::npos) << block;
    EXPECT_NE(block.find("79.99 USD"), std::string::npos) << block;
    EXPECT_NE(block.find("em=aaaaaaaa…"), std::string::npos) << block;
    EXPECT_NE(block.find("client_ip_address"), std::string::npos) << block;
    EXPECT_NE(block.find("fn=not a digest"), std::string::npos) << block;
    EXPECT_NE(block.find("warning: 'fn'"), std::string::npos) << block;
    EXPECT_EQ(block.find("203.0.113.45"), std::string::npos) << block;
    EXPECT_EQ(block.find("jane"), std::string::npos) << block;
}

TEST(Transcript, KeepsControlBytesFromTheTerminal) {
    EventRecord record = event_named("\x1b[31mred");

    EXPECT_EQ(describe(record).find('\x1b'), std::string::npos);
}

TEST(Transcript, IsWrittenForEachRequest) {
    std::ostringstream out;
    Options options;
    options.transcript = &out;
    Journal journal(options);

    journal.record(accepted_request(), {event_named("order-1")});

    EXPECT_NE(out.str().find("200"), std::string::npos);
    EXPECT_NE(out.str().find("order-1"), std::string::npos);
}

}  // namespace
}  // namespace pinrelay::mock
