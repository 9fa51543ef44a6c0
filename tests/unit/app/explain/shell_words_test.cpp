#include "app/explain/shell_words.hpp"

#include <gtest/gtest.h>

namespace pinrelay::app {
namespace {

using Words = std::vector<std::string>;

TEST(ShellWords, SplitAtWhiteSpace) {
    EXPECT_EQ(shell_words(" curl  -X\tPOST\nurl "), (Words{"curl", "-X", "POST", "url"}));
    EXPECT_EQ(shell_words(""), Words{});
}

TEST(ShellWords, KeepWhatIsQuoted) {
    EXPECT_EQ(shell_words(R"('{"a":"b c"}' "x \"y\" \n")"), (Words{R"({"a":"b c"})", R"(x "y" \n)"}));
    EXPECT_EQ(shell_words(R"('' "")"), (Words{"", ""}));
    EXPECT_EQ(shell_words(R"(it\'s' one'"!")"), (Words{"it's one!"}));
}

TEST(ShellWords, ReadTheEscapesOfBrowsers) {
    EXPECT_EQ(shell_words(R"($'don\'t\n\u0021\xe9 \u00e9\u20ac')"), (Words{"don't\n!\xC3\xA9 \xC3\xA9\xE2\x82\xAC"}));
    EXPECT_EQ(shell_words(R"($'\ud83d')"), (Words{"?"}));
}

TEST(ShellWords, JoinLinesThatABackslashContinues) {
    EXPECT_EQ(shell_words("curl url \\\n  -H a"), (Words{"curl", "url", "-H", "a"}));
    EXPECT_EQ(shell_words("curl url \\\r\n  -H a"), (Words{"curl", "url", "-H", "a"}));
}

TEST(ShellWords, AreNoneWhereAQuoteIsOpen) {
    for (const auto* open : {"'a", "\"a", "$'a", "a 'b' \"c"}) EXPECT_FALSE(shell_words(open)) << open;
}

}  // namespace
}  // namespace pinrelay::app
