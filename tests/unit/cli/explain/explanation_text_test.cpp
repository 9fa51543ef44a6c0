#include "cli/explain/explanation_text.hpp"

#include <gtest/gtest.h>

namespace pinrelay::cli {
namespace {

constexpr std::string_view explained =
    R"({"request":{"kind":"a body","method":"POST","path":"/collect","from":"127.0.0.1"},
"report":{"events":[{"index":0,"event":"purchase","destination":"pinterest:1","status":"would_send",
"sender":{"is":"browser","because":"Origin","trust":"anonymous","address":"198.51.100.7","address_from":"the connection"},
"pinterest":{"event_name":"checkout","user_data":{"em":["b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72",
"b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72"]},"custom_data":{"contents":[{"id":"a"},{"id":"b"}]}},
"origins":[{"field":"event_name","from":"event","rule":"by the table"},
{"field":"user_data.em","from":"user_data.email","rule":"SHA-256"},
{"field":"custom_data.contents","from":"items","rule":"the items"}],
"unused":[{"key":"curency","did_you_mean":"currency"},{"key":"theme"}],
"warnings":[{"code":"url_cut","field":"page_location","message":"too long","advice":"shorten it"}]}]}})";

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(ExplanationText, ShowsEachStage) {
    const std::string text = explanation_text(explained, Colour::None);

    for (const auto* part :
         {"a body: POST /collect, from 127.0.0.1\n", "purchase → checkout would be sent to pinterest:1\n",
          "sender   browser: Origin\n", "address  198.51.100.7, from the connection\n",
          "event_name            checkout               ← event: by the table\n",
          "user_data.em          b5fc85e5…1d72, 1 more  ← user_data.email: SHA-256\n",
          "custom_data.contents  2 items                ← items: the items\n", "  curency: is currency meant?\n",
          "  theme\n", "  url_cut at page_location: too long\n", "advice: shorten it\n",
          "\"event_name\": \"checkout\""})
        EXPECT_TRUE(has(text, part)) << part << "\n in\n" << text;
    EXPECT_FALSE(has(text, "\x1b"));
}

TEST(ExplanationText, HasColoursWhereTheyAreWanted) {
    EXPECT_TRUE(has(explanation_text(explained, Colour::Ansi), "\x1b[1;32m"));
}

TEST(ExplanationText, NamesTheReasonOfAnEventThatIsNotSent) {
    const std::string text = explanation_text(
        R"({"report":{"events":[{"index":0,"event":"login","status":"dropped","reason":"consent","field":"gcs",
            "message":"it was refused","advice":"look at the banner"},
            {"index":1,"status":"rejected","reason":"not_an_event","message":"no name"}]}})",
        Colour::None);

    EXPECT_TRUE(has(
        text, "event 0: login would be dropped\n  consent at gcs: it was refused\n      advice: look at the banner"))
        << text;
    EXPECT_TRUE(has(text, "event 1: this cannot be read\n  not_an_event: no name")) << text;
}

TEST(ExplanationText, ShowsARefusalAndWhatFollowsIt) {
    const std::string text = explanation_text(
        R"({"refusal":{"status":401,"answer":{"error":{"code":"credentials_missing","message":"no key"}},"advice":"send a key"},
            "report":{"events":[]}})",
        Colour::None);

    EXPECT_TRUE(has(text, "status 401: no key\n      advice: send a key\n")) << text;
}

TEST(ExplanationText, LetsNoControlCharacterThrough) {
    const std::string text =
        explanation_text(R"({"report":{"events":[{"event":"a\u001b[2Jb","status":"ignored"}]}})", Colour::None);

    EXPECT_FALSE(has(text, "\x1b")) << text;
}

TEST(ExplanationText, GivesBackWhatIsNoJson) { EXPECT_EQ(explanation_text("oops", Colour::None), "oops"); }

}  // namespace
}  // namespace pinrelay::cli
