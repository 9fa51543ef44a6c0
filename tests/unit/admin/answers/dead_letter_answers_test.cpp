#include <gtest/gtest.h>

#include <algorithm>

#include "unit/admin/fixture.hpp"

namespace pinrelay::admin {
namespace {

class DeadLetterAnswersTest : public AdminHandlerTest {
protected:
    DeadLetterAnswersTest() { handler = make_admin_handler(parts("127.0.0.1:9090")); }

    http::Response get(const char* path, std::string query = "") {
        auto asked = request("GET", path);
        asked.query = std::move(query);
        return answer(asked);
    }

    http::Response replay(std::string query) {
        auto asked = request("POST", "/dead-letters/replay");
        asked.query = std::move(query);
        asked.headers.emplace_back("X-Pinrelay-Action", "test");
        return answer(asked);
    }

    static spool::DeadLetter letter(std::int64_t number) {
        spool::DeadLetter letter;
        letter.number = number;
        letter.reason = "refused";
        letter.message = "Invalid \"currency\"";
        letter.died = Time(std::chrono::seconds(90));
        letter.bytes = 321;
        letter.stored.attempts = 2;
        letter.stored.accepted = Time(std::chrono::seconds(80));
        auto& record = letter.stored.record;
        record.destination = "pinterest:1";
        record.source_name = "purchase";
        record.event_name = "checkout";
        record.event_id = "order-1";
        record.event_time = Time(std::chrono::seconds(70));
        record.body = R"({"event_id":"order-1","user_data":{"em":["0a1b"],"client_ip_address":"203.0.113.9"}})";
        return letter;
    }
};

TEST_F(DeadLetterAnswersTest, ListsThemWithTheirMeaningAndTheNamesOfTheirIdentifiers) {
    desk.groups = {{"pinterest:1", "refused", 7, Time(std::chrono::seconds(5)), Time(std::chrono::seconds(90))}};
    desk.letters = {letter(3)};

    const auto response = get("/dead-letters", "account=pinterest%3A1&reason=refused&event=purchase&limit=5");

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(
        response.body,
        R"({"groups":[{"account":"pinterest:1","reason":"refused","meaning":"the destination's answer refused this event","count":7,)"
        R"("oldest":5,"newest":90}],"letters":[{"number":3,"account":"pinterest:1","reason":"refused",)"
        R"("meaning":"the destination's answer refused this event","message":"Invalid \"currency\"","died":90,"event":"purchase",)"
        R"("name":"checkout","event_id":"order-1","time":70,"accepted":80,"attempts":2,"bytes":321,)"
        R"("identifiers":["em","client_ip_address"]}]})"
        "\n");
    EXPECT_EQ(desk.selected.destination, "pinterest:1");
    EXPECT_EQ(desk.selected.reason, "refused");
    EXPECT_EQ(desk.selected.event_name, "purchase");
    EXPECT_EQ(desk.limit, 5U);
}

TEST_F(DeadLetterAnswersTest, NeverShowsAPersonsData) {
    desk.letters = {letter(3)};

    for (const char* path : {"/dead-letters", "/dead-letters/export"}) {
        EXPECT_EQ(get(path).body.find("203.0.113.9"), std::string::npos) << path;
        EXPECT_EQ(get(path).body.find("0a1b"), std::string::npos) << path;
    }
}

TEST_F(DeadLetterAnswersTest, ABodyThatIsNoJsonHasNoIdentifiers) {
    desk.letters = {letter(3)};
    desk.letters.front().stored.record.body = "{\"user_data\":";

    EXPECT_NE(get("/dead-letters").body.find("\"identifiers\":[]"), std::string::npos);
}

TEST_F(DeadLetterAnswersTest, ExportsALinePerDeadLetterAsAFile) {
    desk.letters = {letter(3), letter(2)};

    const auto response = get("/dead-letters/export");

    EXPECT_EQ(*response.header("Content-Disposition"), "attachment; filename=\"dead-letters.jsonl\"");
    EXPECT_EQ(std::ranges::count(response.body, '\n'), 2);
    EXPECT_EQ(response.body.find("{\"number\":3"), 0U);
}

TEST_F(DeadLetterAnswersTest, SaysWhatIsWrongWithASelection) {
    EXPECT_EQ(get("/dead-letters", "limit=1001").status, 400);
    EXPECT_EQ(get("/dead-letters", "limit=ten").status, 400);
    EXPECT_EQ(get("/dead-letters", "numbers=1,x").status, 400);
    EXPECT_EQ(get("/dead-letters/export", "numbers=1,").status, 400);
    EXPECT_EQ(replay("numbers=").status, 400) << "an empty condition selects all";
    EXPECT_EQ(replay("dry_run=true").status, 400) << "all of them only on demand";
    EXPECT_EQ(desk.dry_run, std::nullopt);
}

TEST_F(DeadLetterAnswersTest, PassesTheFailureOfTheStoreOn) {
    desk.failure = "the file is damaged";

    EXPECT_EQ(get("/dead-letters").status, 503);
    EXPECT_NE(get("/dead-letters/export").body.find("the file is damaged"), std::string::npos);
}

TEST_F(DeadLetterAnswersTest, BeginsAReplayOfASelection) {
    EXPECT_EQ(replay("numbers=3,17&dry_run=true").status, 200);
    EXPECT_EQ(desk.selected.numbers, (std::vector<std::int64_t>{3, 17}));
    EXPECT_EQ(desk.dry_run, true);

    EXPECT_EQ(replay("all=true").status, 200);
    EXPECT_EQ(desk.dry_run, false);
    EXPECT_TRUE(desk.selected.numbers.empty());
}

TEST_F(DeadLetterAnswersTest, SaysThatAnotherReplayIsRunning) {
    desk.busy = "another replay is running";

    const auto response = replay("all=true");

    EXPECT_EQ(response.status, 409);
    EXPECT_NE(response.body.find("another replay is running"), std::string::npos);
}

TEST_F(DeadLetterAnswersTest, ReportsTheProgressOfAReplay) {
    auto& progress = desk.progress_of_replay;
    progress.state = ReplayProgress::State::Done;
    progress.selected = 3;
    progress.examined = 3;
    progress.moved = 2;
    progress.sent = {{"checkout", 2}};
    progress.stays = {{"too_old: event_time", 1}};

    EXPECT_EQ(
        get("/dead-letters/replay").body,
        R"({"state":"done","dry_run":false,"selected":3,"examined":3,"moved":2,"sent":[{"what":"checkout","count":2}],)"
        R"("stays":[{"what":"too_old: event_time","count":1}],"changed":[]})"
        "\n");
}

}  // namespace
}  // namespace pinrelay::admin
