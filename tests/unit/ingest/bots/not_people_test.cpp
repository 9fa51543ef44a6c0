#include "ingest/bots/not_people.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace pinrelay::ingest {
namespace {

constexpr const char* chrome =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36";
constexpr const char* googlebot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

constexpr NotPeopleSettings all_dropped{true, true, true, true, true};
constexpr NotPeopleSettings all_sent{false, false, false, false, false};

model::Event visitors_event() {
    model::Event event;
    event.user_agent = chrome;
    event.page_location = "https://shop.example/thanks";
    return event;
}

model::Event servers_event() {
    model::Event event;
    event.sender = model::Sender::Server;
    return event;
}

http::Request with_header(const char* name, const char* value) {
    http::Request request;
    request.headers = {{name, value}};
    return request;
}

// The reason and the field, or "" for a visitor's hit.
std::string judged(const model::Event& event, const http::Request& request = {},
                   NotPeopleSettings settings = all_dropped) {
    const auto drop = NotPeople(settings).judge(event, request);
    if (!drop) return "";
    EXPECT_FALSE(drop->message.empty());
    return std::string(drop->reason) + (drop->field.empty() ? "" : " " + drop->field);
}

TEST(NotPeople, LeavesAVisitorsHit) { EXPECT_EQ(judged(visitors_event()), ""); }

TEST(NotPeople, KnowsBotsByTheVisitorsUserAgentWhoeverSendsIt) {
    auto event = visitors_event();
    event.user_agent = googlebot;
    auto sent_by_server = event;
    sent_by_server.sender = model::Sender::Server;

    EXPECT_EQ(judged(event), "bot user_agent");
    EXPECT_EQ(judged(sent_by_server), "bot user_agent");
}

TEST(NotPeople, TakesABrowserWithoutAUserAgentForABotAndAServerNot) {
    auto event = visitors_event();
    event.user_agent.reset();

    EXPECT_EQ(judged(event), "bot user_agent");
    EXPECT_EQ(judged(servers_event()), "");
}

TEST(NotPeople, NeverJudgesTheUserAgentOfTheServerThatSends) {
    for (const char* library : {"axios/1.6.2", "GuzzleHttp/7", "Go-http-client/1.1", "Python-urllib/3.11", "node",
                                "curl/7.88.1", "python-requests/2.31.0"})
        EXPECT_EQ(judged(servers_event(), with_header("User-Agent", library)), "") << library;
}

TEST(NotPeople, KnowsPagesThatAreLoadedAheadOfTheVisitor) {
    const std::pair<const char*, const char*> headers[] = {{"Sec-Purpose", "prefetch"},
                                                           {"Sec-Purpose", "prefetch;prerender"},
                                                           {"sec-purpose", "prerender"},
                                                           {"Purpose", "prefetch"},
                                                           {"X-Moz", "Prefetch"}};
    for (const auto& [name, value] : headers)
        EXPECT_EQ(judged(visitors_event(), with_header(name, value)), "prefetch") << name << ": " << value;
    EXPECT_EQ(judged(visitors_event(), with_header("Sec-Fetch-Purpose", "prefetch")), "");
    EXPECT_EQ(judged(visitors_event(), with_header("Purpose", "shopping")), "");
}

TEST(NotPeople, KnowsPreviews) {
    auto on_preview_page = visitors_event();
    on_preview_page.page_location = "https://GTM-MSR.appspot.com/render?id=GTM-1";
    auto with_port = visitors_event();
    with_port.page_location = "https://gtm-msr.appspot.com:443";
    auto elsewhere = visitors_event();
    elsewhere.page_location = "https://shop.example/?from=gtm-msr.appspot.com";

    EXPECT_EQ(judged(on_preview_page), "preview page_location");
    EXPECT_EQ(judged(with_port), "preview page_location");
    EXPECT_EQ(judged(elsewhere), "");
    EXPECT_EQ(judged(visitors_event(), with_header("X-Gtm-Server-Preview", "ZW52LTF8")), "preview");
    EXPECT_EQ(judged(visitors_event(), with_header("X-Gtm-Server-Preview", "")), "");
}

TEST(NotPeople, KnowsDebugEventsAndInternalTraffic) {
    auto debug = visitors_event();
    debug.debug_mode = true;
    auto internal = visitors_event();
    internal.traffic_type = "Internal";
    auto other = visitors_event();
    other.traffic_type = "partner";

    EXPECT_EQ(judged(debug), "debug_event debug_mode");
    EXPECT_EQ(judged(internal), "internal_traffic traffic_type");
    EXPECT_EQ(judged(other), "");
}

TEST(NotPeople, DropsOnlyWhatIsToBeDropped) {
    auto event = visitors_event();
    event.user_agent = googlebot;
    event.debug_mode = true;
    event.traffic_type = "internal";
    event.page_location = "https://gtm-msr.appspot.com/";
    const auto ahead = with_header("Sec-Purpose", "prefetch");

    EXPECT_EQ(judged(event, ahead, all_sent), "");
    EXPECT_EQ(judged(event, ahead, {false, false, false, true, false}), "debug_event debug_mode");
    EXPECT_EQ(judged(event, ahead, {true, false, false, false, false}), "bot user_agent");
}

TEST(NotPeople, HasItsReasonsInTheDocumentation) {
    for (const char* page : {"/docs/bots.md", "/docs/metrics.md"}) {
        std::ifstream file(std::string(PINRELAY_SOURCE_DIR) + page);
        const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        for (const char* reason : {"bot", "prefetch", "preview", "debug_event", "internal_traffic"})
            EXPECT_NE(text.find("`" + std::string(reason) + "`"), std::string::npos) << reason << " in " << page;
    }
}

std::string judged_of_trusted(const model::Event& event, const http::Request& request, bool agent_from_request) {
    HitSource source;
    source.trusted = true;
    source.agent_from_request = agent_from_request;
    const auto drop = NotPeople(all_dropped).judge(event, request, source);
    return drop ? std::string(drop->reason) : "";
}

TEST(NotPeople, HoldsNoHeaderAgainstATrustedSender) {
    for (const auto& [name, value] : {std::pair("Sec-Purpose", "prefetch"), std::pair("Purpose", "prefetch"),
                                      std::pair("X-Moz", "prefetch"), std::pair("X-Gtm-Server-Preview", "ZW52")})
        EXPECT_EQ(judged_of_trusted(visitors_event(), with_header(name, value), false), "") << name;
    auto nameless = visitors_event();
    nameless.user_agent.reset();
    EXPECT_EQ(judged_of_trusted(nameless, {}, false), "");
    auto own = visitors_event();
    own.user_agent = "Mozilla/5.0 (compatible; our-shop-bot/1.0)";
    EXPECT_EQ(judged_of_trusted(own, {}, true), "") << "the server's own";
}

TEST(NotPeople, HoldsWhatATrustedSendersEventSaysAgainstIt) {
    auto named = visitors_event();
    named.user_agent = googlebot;
    auto internal = visitors_event();
    internal.traffic_type = "internal";

    EXPECT_EQ(judged_of_trusted(named, {}, false), "bot");
    EXPECT_EQ(judged_of_trusted(internal, {}, false), "internal_traffic");
}

TEST(NotPeople, HoldsAUserAgentThatIsNotBelievedAgainstTheEvent) {
    HitSource source;
    source.agent_left_out = googlebot;

    EXPECT_TRUE(NotPeople(all_dropped).judge(visitors_event(), {}, source));
}

}  // namespace
}  // namespace pinrelay::ingest
