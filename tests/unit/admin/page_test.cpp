#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>

#include "pinrelay/spool/dead_letter_reasons.hpp"
#include "unit/admin/fixture.hpp"

namespace pinrelay::admin {
namespace {

class PageTest : public AdminHandlerTest {
protected:
    std::string text(const std::string& path) {
        const auto response = answer(request("GET", path));
        EXPECT_EQ(response.status, 200) << path;
        return response.body;
    }
};

TEST_F(PageTest, IsOneDocumentWithAStrictPolicy) {
    const auto response = answer(request("GET", "/"));

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(*response.header("Content-Type"), "text/html; charset=utf-8");
    const std::string policy = *response.header("Content-Security-Policy");
    for (const char* rule :
         {"default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"})
        EXPECT_NE(policy.find(rule), std::string::npos) << rule;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(*response.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(*response.header("Cache-Control"), "no-store");
}

// Follows each file that another one names.
TEST_F(PageTest, HasEachFileThatItNamesAndNoneOfAnotherOrigin) {
    std::vector<std::string> paths = {"/"};
    const std::regex reference(R"re((?:href|src)="(page/[^"]+)"|from "\./([^"]+)")re");
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const std::string body = text(paths[i]);
        EXPECT_FALSE(std::regex_search(body, std::regex(R"((src|href)="https?:|@import|url\()"))) << paths[i];
        for (auto match = std::sregex_iterator(body.begin(), body.end(), reference); match != std::sregex_iterator();
             ++match) {
            const std::string path = (*match)[1].matched ? "/" + (*match)[1].str() : "/page/" + (*match)[2].str();
            if (std::ranges::find(paths, path) == paths.end()) paths.push_back(path);
        }
    }
    EXPECT_GT(paths.size(), 10U);
}

TEST_F(PageTest, NamesThePathsThatThisRelayAnswers) {
    const std::string paths = text("/page/paths");

    for (const char* path : {"\"/history\"", "\"/dead-letters\"", "\"/attention\""})
        EXPECT_NE(paths.find(path), std::string::npos) << path;
}

// The codes in the first column of the table below a heading of docs/mapping.md.
std::vector<std::string> documented(const std::string& heading) {
    std::ifstream file(PINRELAY_SOURCE_DIR "/docs/mapping.md");
    std::vector<std::string> codes;
    bool is_below = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("## ")) is_below = line == "## " + heading;
        if (is_below && line.starts_with("| `")) codes.push_back(line.substr(3, line.find('`', 3) - 3));
    }
    return codes;
}

TEST_F(PageTest, HasPlainWordsForEveryCodeThatTheRelayUses) {
    const std::string words = text("/page/words.js");
    auto codes = documented("Drop reasons");
    EXPECT_GT(codes.size(), 5U);
    std::ranges::copy(documented("Warnings"), std::back_inserter(codes));
    EXPECT_GT(codes.size(), 30U);
    for (const auto& reason : spool::dead_letter_reasons) codes.emplace_back(reason.label);

    for (const std::string& code : codes) EXPECT_NE(words.find("  " + code + ": "), std::string::npos) << code;
}

TEST_F(PageTest, HasNoOtherFiles) {
    for (const char* path : {"/page/", "/page/secret", "/page/../config", "/index.html"})
        EXPECT_EQ(answer(request("GET", path)).status, 404) << path;
}

TEST_F(PageTest, GivesTheHistoryOfASpan) {
    handler = make_admin_handler(parts("127.0.0.1:9090"));

    EXPECT_EQ(
        text("/history"),
        R"({"step":60,"end":7200,"since":3600,"series":[{"account":"pinterest:1","event":"checkout","accepted":[2],)"
        R"("delivered":[1],"dropped":[0],"pending":[1]}]})"
        "\n");
    auto day = request("GET", "/history");
    day.query = "span=day";
    EXPECT_NE(answer(day).body.find("\"step\":900"), std::string::npos);
    day.query = "span=week";
    EXPECT_EQ(answer(day).status, 400);
}

TEST_F(PageTest, GivesWhatNeedsAttention) {
    handler = make_admin_handler(parts("127.0.0.1:9090"));
    AttentionItem& item = attention.emplace_back();
    item.urgency = AttentionItem::Urgency::Act;
    item.kind = "account_paused";
    item.title = "Account 1 is paused";
    item.since = Time(std::chrono::seconds(7));
    item.facts = {{"peer", "10.0.0.1"}};

    EXPECT_EQ(text("/attention"),
              R"({"items":[{"urgency":"act","kind":"account_paused","title":"Account 1 is paused","since":7,"count":1,)"
              R"("facts":[{"name":"peer","value":"10.0.0.1"}]}]})"
              "\n");
}

}  // namespace
}  // namespace pinrelay::admin
