#include "pinrelay/admin/admin_handler.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "unit/admin/fixture.hpp"

namespace pinrelay::admin {
namespace {

TEST_F(AdminHandlerTest, SaysThatTheProcessAnswers) {
    not_ready = "the spool cannot be written";

    const auto response = answer(request("GET", "/healthz"));

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "ok\n");
}

TEST_F(AdminHandlerTest, TellsWatchersWhatComes) {
    handler = make_admin_handler(parts("127.0.0.1:9090"));
    live.note(watch::Note{});

    EXPECT_NE(answer(request("GET", "/events")).body.find(R"("status":"accepted")"), std::string::npos);
    EXPECT_NE(answer(request("GET", "/status")).body.find(R"("ready":true)"), std::string::npos);
    EXPECT_EQ(*answer(request("GET", "/events/stream")).header("Content-Type"), "text/event-stream");
}

TEST_F(AdminHandlerTest, TellsNothingToPagesOfOtherSites) {
    for (const char* path : {"/events", "/events/stream", "/status"}) {
        auto rebound = request("GET", path);
        rebound.headers.emplace_back("Host", "attacker.example");
        auto from_a_page = request("GET", path);
        from_a_page.headers.emplace_back("Sec-Fetch-Site", "cross-site");

        EXPECT_EQ(answer(rebound).status, 403) << path;
        EXPECT_EQ(answer(from_a_page).status, 403) << path;
    }
    EXPECT_EQ(answer(request("POST", "/status")).status, 405);
}

TEST_F(AdminHandlerTest, HasNothingToWatchWhereNobodyNotes) {
    handler = make_admin_handler({metrics, [] { return std::nullopt; }, [] { return std::nullopt; },
                                  [] { return std::vector<AccountState>(); }});

    for (const char* path : {"/events", "/events/stream", "/status", "/history", "/attention", "/dead-letters",
                             "/dead-letters/export", "/dead-letters/replay"})
        EXPECT_EQ(answer(request("GET", path)).status, 404) << path;
}

TEST_F(AdminHandlerTest, ReloadsOnAPost) {
    const auto response = answer(request("POST", "/reload"));

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(reloads, 1);
}

TEST_F(AdminHandlerTest, SaysWhyItDidNotReload) {
    not_reloaded = "accounts: there is none";

    const auto response = answer(request("POST", "/reload"));

    EXPECT_EQ(response.status, 409);
    EXPECT_EQ(response.body, "accounts: there is none\n");
}

TEST_F(AdminHandlerTest, DoesNotReloadForAPageInABrowserOrAnotherMethod) {
    auto from_a_page = request("POST", "/reload");
    from_a_page.headers.emplace_back("Origin", "https://elsewhere.example");

    EXPECT_EQ(answer(from_a_page).status, 403);
    EXPECT_EQ(answer(request("GET", "/reload")).status, 405);
    EXPECT_EQ(reloads, 0);
}

TEST_F(AdminHandlerTest, AnswersACheckOfHealthUnderAnyNameByItsStatusAlone) {
    AccountState& paused = accounts.emplace_back();
    paused.name = "pinterest:1";
    paused.delivery = "paused";
    for (const char* path : {"/healthz", "/readyz"}) {
        auto check = request("GET", path);
        check.headers.emplace_back("Host", "relay.shop.example");

        const auto response = answer(check);

        EXPECT_EQ(response.status, 200) << path;
        EXPECT_EQ(response.body, "ok\n") << path;
    }
    not_ready = "the disk is full";
    auto check = request("GET", "/readyz");
    check.headers.emplace_back("Host", "relay.shop.example");

    EXPECT_EQ(answer(check).status, 503);
    EXPECT_EQ(answer(check).body, "not ready\n");
}

TEST_F(AdminHandlerTest, RefusesNamesThatAreNotItsOwnOnEveryOtherPathAndCountsThem) {
    for (const char* path : {"/metrics", "/accounts", "/reload", "/nothing"}) {
        auto rebound = request(std::string_view(path) == "/reload" ? "POST" : "GET", path);
        rebound.headers.emplace_back("Host", "attacker.example:9090");
        const auto response = answer(rebound);

        EXPECT_EQ(response.status, 403) << path;
        EXPECT_NE(response.body.find("admin_names"), std::string::npos);
    }
    EXPECT_EQ(metrics.refused, std::vector<std::string>(4, "host"));
    EXPECT_EQ(reloads, 0);

    auto known = request("GET", "/metrics");
    known.headers.emplace_back("Host", "metrics.shop.example");
    EXPECT_EQ(answer(known).status, 200);
}

TEST_F(AdminHandlerTest, RefusesPagesOfOtherSitesOnEveryMethod) {
    struct Row {
        const char* site;
        int status;
    };
    for (const auto& [site, status] :
         {Row{"cross-site", 403}, Row{"same-site", 403}, Row{"", 403}, Row{"same-origin", 200}, Row{"none", 200}}) {
        for (const char* method : {"GET", "HEAD", "OPTIONS"}) {
            auto from_a_page = request(method, "/healthz");
            from_a_page.headers.emplace_back("Host", "localhost");
            from_a_page.headers.emplace_back("sec-fetch-site", site);

            EXPECT_EQ(answer(from_a_page).status, status) << site << " " << method;
        }
    }
    auto reload = request("POST", "/reload");
    reload.headers.emplace_back("Sec-Fetch-Site", "cross-site");
    EXPECT_EQ(answer(reload).status, 403);
    EXPECT_EQ(reloads, 0);
    EXPECT_EQ(metrics.refused, std::vector<std::string>(10, "site"));
}

TEST_F(AdminHandlerTest, IsReadyWhenNothingSaysOtherwise) {
    const auto response = answer(request("GET", "/readyz"));

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "ready\n");
}

TEST_F(AdminHandlerTest, GivesTheReasonWhenItIsNotReady) {
    not_ready = "the spool cannot be written";

    const auto response = answer(request("GET", "/readyz"));

    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(response.body, "the spool cannot be written\n");
}

TEST_F(AdminHandlerTest, IsReadyAndNamesTheAccountsThatArePaused) {
    accounts.resize(3);
    accounts[0].name = "pinterest:1";
    accounts[0].delivery = "working";
    accounts[1].name = "pinterest:2";
    accounts[1].delivery = "paused";
    accounts[1].reason = "look at the access token";
    accounts[2].name = "pinterest:3";
    accounts[2].delivery = "failing";
    accounts[2].reason = "HTTP 503";

    const auto response = answer(request("GET", "/readyz"));

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "ready\npaused: pinterest:2: look at the access token\n");
}

TEST_F(AdminHandlerTest, GivesTheStateOfEachAccountAsJson) {
    accounts.resize(2);
    accounts[0].name = "pinterest:1";
    accounts[0].delivery = "working";
    accounts[1].name = "pinterest:2";
    accounts[1].delivery = "failing";
    accounts[1].reason = "HTTP \"503\"";
    accounts[1].last_answer = "503";
    accounts[1].since = Time(std::chrono::seconds(100));
    accounts[1].next_try = Time(std::chrono::seconds(160));
    accounts[1].answered = Time(std::chrono::milliseconds(130'900));
    accounts[1].attempts = 4;
    accounts[1].pending = 21;
    accounts[1].waiting_alone = 1;

    const auto response = answer(request("GET", "/accounts"));

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(*response.header("Content-Type"), "application/json");
    EXPECT_EQ(response.body, R"({"process":")" + std::to_string(::getpid()) +
                                 R"(","accounts":[{"account":"pinterest:1","delivery":"working","pending":0,)"
                                 R"("waiting_alone":0},{"account":"pinterest:2","delivery":"failing","pending":21,)"
                                 R"("waiting_alone":1,"reason":"HTTP \"503\"","attempts":4,"since":100,)"
                                 R"("next_try":160,"last_answer":"503","answered":130}]})"
                                 "\n");
}

TEST_F(AdminHandlerTest, AsksAboutReadinessEachTime) {
    not_ready = "starting";
    const int before = answer(request("GET", "/readyz")).status;
    not_ready.reset();
    const int after = answer(request("GET", "/readyz")).status;

    EXPECT_EQ(before, 503);
    EXPECT_EQ(after, 200);
}

TEST_F(AdminHandlerTest, GivesMetricsInPrometheusFormat) {
    const auto response = answer(request("GET", "/metrics"));

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(*response.header("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_EQ(response.body, "some_metric 1\n");
}

TEST_F(AdminHandlerTest, AnswersHeadLikeGet) { EXPECT_EQ(answer(request("HEAD", "/healthz")).status, 200); }

// HAProxy's health check asks with OPTIONS unless it is told otherwise.
TEST_F(AdminHandlerTest, AnswersOptionsOfAHealthCheckLikeGet) {
    EXPECT_EQ(answer(request("OPTIONS", "/healthz")).status, 200);
    EXPECT_EQ(answer(request("OPTIONS", "/readyz")).status, 200);
    EXPECT_EQ(answer(request("HEAD", "/readyz")).status, 200);
    not_ready = "the store is full";
    EXPECT_EQ(answer(request("OPTIONS", "/readyz")).status, 503);
    EXPECT_EQ(answer(request("OPTIONS", "/healthz")).status, 200);
    EXPECT_EQ(*answer(request("POST", "/healthz")).header("Allow"), "GET, HEAD, OPTIONS");
}

TEST_F(AdminHandlerTest, KnowsNoOtherPath) {
    for (const auto* path : {"/health", "/healthz/", "/HEALTHZ", "/collect", "/metrics2"})
        EXPECT_EQ(answer(request("GET", path)).status, 404) << path;
}

TEST_F(AdminHandlerTest, RefusesOtherMethodsAndNamesTheRightOnes) {
    for (const auto* method : {"POST", "PUT", "DELETE", "OPTIONS", "get"}) {
        const auto response = answer(request(method, "/metrics"));

        EXPECT_EQ(response.status, 405) << method;
        ASSERT_NE(response.header("Allow"), nullptr);
        EXPECT_EQ(*response.header("Allow"), "GET, HEAD");
    }
}

TEST_F(AdminHandlerTest, RefusesByTheHeaderAlone) {
    EXPECT_TRUE(refuse(request("GET", "/nowhere")));
    EXPECT_TRUE(refuse(request("POST", "/metrics")));
    EXPECT_FALSE(refuse(request("GET", "/metrics")));
}

TEST_F(AdminHandlerTest, RefusesEvenWhenOnlyHandleIsCalled) {
    EXPECT_EQ(handle(request("GET", "/nowhere")).status, 404);
    EXPECT_EQ(handle(request("POST", "/metrics")).status, 405);
}

TEST_F(AdminHandlerTest, LetsNoAnswerBeStored) {
    for (const auto* path : {"/healthz", "/readyz", "/metrics", "/nowhere"}) {
        const auto response = answer(request("GET", path));

        ASSERT_NE(response.header("Cache-Control"), nullptr) << path;
        EXPECT_EQ(*response.header("Cache-Control"), "no-store") << path;
    }
}

}  // namespace
}  // namespace pinrelay::admin
