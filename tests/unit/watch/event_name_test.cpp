#include "pinrelay/watch/event_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pinrelay::watch {
namespace {

TEST(EventName, IsALetterAndThenLettersDigitsAndUnderscores) {
    EXPECT_TRUE(is_event_name("purchase"));
    EXPECT_TRUE(is_event_name("view_item_2"));
    EXPECT_FALSE(is_event_name(""));
    EXPECT_FALSE(is_event_name("2nd_view"));
    EXPECT_FALSE(is_event_name("jane@example.com"));
    EXPECT_FALSE(is_event_name("sign up"));
}

TEST(EventName, IsNeitherLongNorANumberOfAPerson) {
    EXPECT_TRUE(is_event_name(std::string(40, 'a')));
    EXPECT_FALSE(is_event_name(std::string(41, 'a')));
    EXPECT_FALSE(is_event_name("call_4915112345678"));
}

TEST(EventName, IsRepeatedOnlyWhereItIsOne) {
    EXPECT_EQ(if_event_name("purchase"), "purchase");
    EXPECT_EQ(if_event_name("jane@example.com"), "");
}

}  // namespace
}  // namespace pinrelay::watch
