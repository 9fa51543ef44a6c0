#include "cli/watch/event_line.hpp"

#include <gtest/gtest.h>

namespace pinrelay::cli {
namespace {

const SentEvent accepted{
    "event", R"({"seq":7,"time":1785139200.250,"status":"accepted","event":"purchase","name":"checkout",)"
             R"("account":"pinterest:549755885175","event_id":"e-1","identifiers":["em","client_ip_address"],)"
             R"("warnings":["url_cut"]})"};
const SentEvent delivered{
    "outcome",
    R"({"seq":7,"time":1785139201.007,"status":"delivered","name":"checkout","account":"pinterest:549755885175",)"
    R"("event_id":"e-1","latency":0.757})"};
const SentEvent dropped{"event",
                        R"({"seq":8,"time":1785139202.000,"status":"dropped","event":"view_item","account":"none",)"
                        R"("reason":"no_match_keys","message":"neither e-mail nor address","identifiers":[]})"};
const SentEvent ignored{"event", R"({"seq":9,"time":1785139203.000,"status":"ignored","reason":"gtag_command"})"};

std::string shown(EventLines& lines, std::initializer_list<SentEvent> events) {
    std::string text;
    for (const SentEvent& event : events) text += lines.line(event).value_or("");
    return text;
}

TEST(EventLines, AreOneForEachEventAndOutcome) {
    EventLines lines({}, EventLines::Form::Plain);

    EXPECT_EQ(shown(lines, {accepted, delivered, dropped, ignored, {"missed", R"({"count":12})"}}),
              "08:00:00.250  accepted   purchase → checkout           pinterest:549755885175  e-1                   "
              "em, client_ip_address; warnings: url_cut\n"
              "08:00:01.007  delivered  purchase → checkout           pinterest:549755885175  e-1                   "
              "after 0.757 s\n"
              "08:00:02.000  dropped    view_item                     none                    -                     "
              "no_match_keys; neither e-mail nor address\n"
              "… 12 not shown: they came faster than they could be read\n");
}

TEST(EventLines, ColourTheOutcomeOnly) {
    EventLines lines({}, EventLines::Form::Coloured);

    EXPECT_TRUE(shown(lines, {delivered}).starts_with("08:00:01.007  \x1b[32mdelivered\x1b[0m  checkout"));
}

TEST(EventLines, AreJsonOnRequest) {
    EventLines lines({}, EventLines::Form::Json);

    EXPECT_EQ(shown(lines, {delivered, {"missed", R"({"count":12})"}}),
              delivered.data + "\n" + R"({"status":"missed","count":12})" + "\n");
}

TEST(EventLines, AreFilteredByEitherName) {
    EventLines by_event({.event = "purchase", .account = "", .statuses = {}}, EventLines::Form::Json);
    EventLines by_name({.event = "checkout", .account = "", .statuses = {}}, EventLines::Form::Json);
    const std::string both = accepted.data + "\n" + delivered.data + "\n";

    EXPECT_EQ(shown(by_event, {accepted, dropped, delivered}), both) << "an outcome is of the event with its number";
    EXPECT_EQ(shown(by_name, {accepted, dropped, delivered}), both);
}

TEST(EventLines, AreFilteredByAccountAndStatus) {
    EventLines by_account({.event = "", .account = "pinterest:1", .statuses = {}}, EventLines::Form::Json);
    EventLines by_status({.event = "", .account = "", .statuses = {"dropped", "ignored"}}, EventLines::Form::Json);

    EXPECT_EQ(shown(by_account, {accepted, dropped}), "");
    EXPECT_EQ(shown(by_status, {accepted, dropped, ignored}), dropped.data + "\n" + ignored.data + "\n");
}

TEST(EventLines, LetNoTextSteerTheTerminal) {
    EventLines lines({}, EventLines::Form::Plain);

    const auto line = lines.line({"event", R"({"time":"x","status":"dropped","message":"\u001b[2J"})"});

    EXPECT_EQ(line.value_or("").find('\x1b'), std::string::npos);
}

TEST(EventLines, LeaveOutWhatIsNoJson) {
    EventLines lines({}, EventLines::Form::Plain);

    EXPECT_FALSE(lines.line({"event", "{"}));
}

}  // namespace
}  // namespace pinrelay::cli
