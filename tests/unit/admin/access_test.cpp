#include <gtest/gtest.h>

#include "unit/admin/fixture.hpp"

namespace pinrelay::admin {
namespace {

constexpr const char* a_token = "a-token-for-the-tests-only";

class AccessTest : public AdminHandlerTest {
protected:
    void listen_on(std::string address) { handler = make_admin_handler(parts(std::move(address))); }

    static http::Request replay(http::Headers headers) {
        auto action = request("POST", "/dead-letters/replay");
        action.query = "all=true";
        action.headers = std::move(headers);
        return action;
    }

    http::Response get(const char* path, const std::string& authorization = "") {
        auto asked = request("GET", path);
        if (!authorization.empty()) asked.headers.emplace_back("Authorization", authorization);
        return answer(asked);
    }
};

TEST_F(AccessTest, OnLoopbackThePageNeedsNoToken) {
    listen_on("127.0.0.1:9090");

    for (const char* path : {"/", "/page/main.js", "/page/paths", "/history", "/attention", "/dead-letters"})
        EXPECT_EQ(get(path).status, 200) << path;
}

TEST_F(AccessTest, BeyondLoopbackThePageHasNoDataWithoutAToken) {
    for (const char* path : {"/history", "/attention", "/dead-letters", "/dead-letters/export"}) {
        const auto response = get(path);
        EXPECT_EQ(response.status, 403) << path;
        EXPECT_NE(response.body.find("admin_token_file"), std::string::npos) << path;
    }
    EXPECT_EQ(answer(replay({{"X-Pinrelay-Action", "page"}})).status, 403);
    EXPECT_EQ(desk.dry_run, std::nullopt);
    EXPECT_EQ(metrics.refused, std::vector<std::string>(5, "token"));
    for (const char* path : {"/", "/page/main.js", "/healthz", "/readyz", "/metrics", "/accounts"})
        EXPECT_EQ(get(path).status, 200) << path;
}

TEST_F(AccessTest, WithATokenOnlyChecksMetricsAndThePagesFilesAreOpen) {
    token = Secret(a_token);

    for (const char* path : {"/history", "/attention", "/dead-letters", "/accounts"}) {
        EXPECT_EQ(get(path).status, 401) << path;
        EXPECT_NE(get(path).header("WWW-Authenticate"), nullptr) << path;
        EXPECT_EQ(get(path, "Bearer " + std::string(a_token)).status, 200) << path;
        EXPECT_EQ(get(path, "bearer " + std::string(a_token)).status, 200) << path;
    }
    EXPECT_EQ(answer(request("POST", "/reload")).status, 401);
    EXPECT_EQ(reloads, 0);
    for (const char* path : {"/", "/page/main.js", "/healthz", "/readyz", "/metrics"})
        EXPECT_EQ(get(path).status, 200) << path;
}

TEST_F(AccessTest, TakesNoOtherToken) {
    token = Secret(a_token);

    for (const std::string given : {"Bearer ", "Bearer a-token-for-the-tests-onlY", "Bearer a-token", "Basic YTpi",
                                    "a-token-for-the-tests-only", "B"})
        EXPECT_EQ(get("/history", given).status, 401) << given;
}

TEST_F(AccessTest, ThePageOfTheRelayItselfMayAct) {
    listen_on("127.0.0.1:9090");

    EXPECT_EQ(answer(replay({{"Host", "localhost:9090"},
                             {"Origin", "http://localhost:9090"},
                             {"Sec-Fetch-Site", "same-origin"},
                             {"X-Pinrelay-Action", "page"}}))
                  .status,
              200);
    EXPECT_EQ(desk.dry_run, false);
}

TEST_F(AccessTest, NoOtherPageMayAct) {
    listen_on("127.0.0.1:9090");
    const http::Headers same = {{"Host", "localhost:9090"}, {"X-Pinrelay-Action", "page"}};
    for (const auto& [name, value] : http::Headers{{"Origin", "http://attacker.example"},
                                                   {"Origin", "http://localhost:8000"},
                                                   {"Origin", "null"},
                                                   {"Origin", "http://localhost"},
                                                   {"Origin", ""},
                                                   {"Sec-Fetch-Site", "same-site"},
                                                   {"Sec-Fetch-Site", "cross-site"}}) {
        auto headers = same;
        headers.emplace_back(name, value);
        EXPECT_EQ(answer(replay(headers)).status, 403) << name << ": " << value;
    }
    EXPECT_EQ(answer(replay({{"Host", "attacker.example:9090"},
                             {"Origin", "http://attacker.example:9090"},
                             {"X-Pinrelay-Action", "page"}}))
                  .status,
              403)
        << "a name that was made to point here";
    EXPECT_EQ(desk.dry_run, std::nullopt);
}

TEST_F(AccessTest, AnActionNeedsAHeaderThatAFormCannotHave) {
    listen_on("127.0.0.1:9090");

    EXPECT_EQ(answer(replay({{"Host", "localhost:9090"}})).status, 403);
    EXPECT_EQ(answer(replay({{"Host", "localhost:9090"}, {"X-Pinrelay-Action", "curl"}})).status, 200);
}

TEST_F(AccessTest, EachPathTakesItsMethodsOnly) {
    listen_on("127.0.0.1:9090");

    EXPECT_EQ(answer(request("POST", "/history")).status, 405);
    EXPECT_EQ(answer(request("OPTIONS", "/")).status, 405);
    EXPECT_EQ(answer(request("PUT", "/dead-letters/replay")).status, 405);
    EXPECT_EQ(get("/dead-letters/replay").status, 200) << "the progress";
}

}  // namespace
}  // namespace pinrelay::admin
