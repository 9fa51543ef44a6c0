#include "ingest/bots/bot_list.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace pinrelay::ingest {
namespace {

// Browsers, and those that apps show pages in, which carry the names of companies that have bots, too.
constexpr std::array people = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 "
    "Edg/124.0.0.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 "
    "Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 "
    "Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "[Pinterest/iOS]",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/124.0.0.0 Mobile Safari/537.36 [Pinterest/Android]",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "[FBAN/FBIOS;FBAV/459.0.0.0;FBDV/iPhone15,2;FBLC/de_DE]",
    "Mozilla/5.0 (Linux; Android 16; Pixel 10 Build/CP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/146.0.0.0 Mobile Safari/537.36 MetaIAB Facebook",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "Instagram 329.0.0.0 (iPhone15,2; iOS 17_4; de_DE; de; scale=3.00; 1179x2556)",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "GSA/313.0.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 50) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile "
    "Safari/537.36",
    "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like Gecko) DuckDuckGo/5 Chrome/124.0.0.0 Mobile "
    "Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13; SM-A536B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.0.0 "
    "Mobile Safari/537.36 musical_ly_2023 BytedanceWebview/d8a21c6",
};

constexpr std::array bots = {
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/124.0.0.0 Mobile Safari/537.36 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Chrome-Lighthouse",
    "Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "curl/7.88.1",
    "python-requests/2.31.0",
    "Wget/1.21.3",
    "axios/1.6.2",
};

std::string text_of(const std::string& path) {
    std::ifstream file(PINRELAY_SOURCE_DIR + ("/" + path));
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(BotList, HoldsNoBrowser) {
    const BotList list;

    for (const char* user_agent : people) EXPECT_FALSE(list.holds(user_agent)) << user_agent;
    EXPECT_FALSE(list.holds(""));
}

TEST(BotList, HoldsBotsAndPrograms) {
    const BotList list;

    for (const char* user_agent : bots) EXPECT_TRUE(list.holds(user_agent)) << user_agent;
}

TEST(BotList, LooksForTextsAndForExpressionsAlike) {
    constexpr std::array<std::string_view, 4> patterns = {R"(Crawler\/1\.)", "^Sneaky", "[gG]etter", "Last$"};
    const BotList list(patterns);

    EXPECT_TRUE(list.holds("a Crawler/1.5"));
    EXPECT_FALSE(list.holds("a Crawler/1x"));
    EXPECT_TRUE(list.holds("Sneaky"));
    EXPECT_FALSE(list.holds("not Sneaky"));
    EXPECT_TRUE(list.holds("a getter") && list.holds("a Getter"));
    EXPECT_TRUE(list.holds("the Last") && !list.holds("the Last one"));
}

// What a thread knows of a user agent is one list's word.
TEST(BotList, GivesTheSameVerdictAgainAndKeepsListsApart) {
    const std::array<std::string_view, 1> one = {"curl"};
    const std::array<std::string_view, 1> other = {"wget"};
    const BotList curls{std::span<const std::string_view>(one)};
    const BotList wgets{std::span<const std::string_view>(other)};

    for (int time = 0; time < 2; ++time) {
        EXPECT_TRUE(curls.holds("curl/8.5"));
        EXPECT_FALSE(wgets.holds("curl/8.5"));
        EXPECT_TRUE(wgets.holds("wget/1.2"));
    }
    for (int number = 0; number < 2'000; ++number) {  // more than are kept
        EXPECT_FALSE(curls.holds("Mozilla/5.0 " + std::to_string(number)));
        EXPECT_TRUE(curls.holds("curl/" + std::to_string(number)));
    }
}

TEST(BotList, NamesThePatternThatFits) {
    constexpr std::array<std::string_view, 3> patterns = {R"(Crawler\/1\.)", "^Sneaky", "[gG]etter"};
    const BotList list(patterns);

    EXPECT_EQ(list.pattern_of("My Crawler/1.0"), R"(Crawler\/1\.)");
    EXPECT_EQ(list.pattern_of("a getter"), "[gG]etter");
    EXPECT_EQ(list.pattern_of("Mozilla/5.0"), "");
}

TEST(BotList, RefusesWhatIsNoExpression) {
    constexpr std::array<std::string_view, 1> broken = {"(unfinished"};

    EXPECT_THROW(BotList{broken}, std::invalid_argument);
}

TEST(BotList, LooksAtTheFirst512BytesOnlyAndTakesAnyBytes) {
    const BotList list;

    EXPECT_TRUE(list.holds(std::string(495, 'x') + " Googlebot/2.1"));
    EXPECT_FALSE(list.holds(std::string(512, 'x') + " Googlebot/2.1"));
    EXPECT_FALSE(list.holds("Mozilla/5.0 \xff\xfe\x80"));
}

TEST(BotList, IsTheVersionThatTheDocumentationNames) {
    const std::string lines = text_of("third_party/crawler-user-agents/VERSION");
    const std::string version = lines.substr(0, lines.find('\n'));

    EXPECT_FALSE(version.empty());
    EXPECT_NE(text_of("docs/bots.md").find("crawler-user-agents " + version), std::string::npos) << version;
}

}  // namespace
}  // namespace pinrelay::ingest
