#include "cli/spool/letter_json.hpp"

#include <gtest/gtest.h>

namespace pinrelay::cli {
namespace {

using namespace std::chrono_literals;

spool::DeadLetter letter() {
    constexpr Time noon{std::chrono::sys_days{std::chrono::year{2026} / 7 / 27} + 12h};
    spool::DeadLetter letter;
    letter.number = 7;
    letter.stored.record = {"pinterest:1", "purchase", "checkout", "checkout",
                            "e-1",         noon - 1h,  true,       R"({"event_id":"e-1","list":[1,{}]})"};
    letter.stored.accepted = noon - 30min;
    letter.stored.attempts = 2;
    letter.reason = "refused";
    letter.message = "no \"such\" item";
    letter.died = noon;
    return letter;
}

TEST(LetterJson, IsOneLineWithTheBodyAsJson) {
    EXPECT_EQ(letter_json(letter()),
              R"({"number":7,"account":"pinterest:1","reason":"refused","message":"no \"such\" item",)"
              R"("died":"2026-07-27T12:00:00Z","source_name":"purchase","event_name":"checkout","event_id":"e-1",)"
              R"("event_time":"2026-07-27T11:00:00Z","deduplicated":true,"accepted":"2026-07-27T11:30:00Z",)"
              R"("attempts":2,"body":{"event_id":"e-1","list":[1,{}]}})");
}

TEST(LetterJson, GivesABodyThatIsNoneAsText) {
    auto broken = letter();
    broken.stored.record.body = R"({"event_id":)";
    broken.stored.record.source_name.clear();

    const std::string json = letter_json(broken);

    EXPECT_NE(json.find(R"("body":"{\"event_id\":"})"), std::string::npos) << json;
    EXPECT_NE(json.find(R"("source_name":null)"), std::string::npos) << json;
}

TEST(LetterJson, IsIndentedForPeople) {
    const std::string text = letter_json_indented(letter());

    EXPECT_TRUE(text.starts_with("{\n  \"number\": 7,\n  \"account\": \"pinterest:1\",\n")) << text;
    EXPECT_TRUE(
        text.ends_with("  \"body\": {\n    \"event_id\": \"e-1\",\n    \"list\": [\n      1,\n      {}\n    ]\n"
                       "  }\n}"))
        << text;
}

TEST(IsSound, AsksForAnObjectWithTheRecordsOwnId) {
    auto record = letter().stored.record;
    EXPECT_TRUE(is_sound(record));

    for (const char* body :
         {"", "7", "[]", "{}", R"({"event_id":"e-2"})", R"({"event_id":1})", R"({"event_id":"e-1")"}) {
        record.body = body;
        EXPECT_FALSE(is_sound(record)) << body;
    }
}

}  // namespace
}  // namespace pinrelay::cli
