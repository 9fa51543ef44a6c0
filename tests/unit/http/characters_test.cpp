#include "pinrelay/http/characters.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pinrelay::http {
namespace {

TEST(FieldValue, IsWhatEachOfItsBytesMayBe) {
    constexpr std::size_t length = 19;
    for (int byte = 0; byte <= 0xff; ++byte)
        for (std::size_t place = 0; place < length; ++place) {
            std::string text(length, 'a');
            text[place] = static_cast<char>(byte);
            EXPECT_EQ(is_field_value(text), all_of_class(text, FieldValueChar)) << byte << " at " << place;
        }
}

TEST(FieldValue, MayHaveTabsAndAnyHighBytes) {
    EXPECT_TRUE(is_field_value(""));
    EXPECT_TRUE(is_field_value("\ttext\twith tabs\t"));
    EXPECT_TRUE(is_field_value("\xff\x80\xfe\xc3\xa4\xe2\x82\xac in any order"));
    EXPECT_FALSE(is_field_value("\ttext\twith\x7ftabs\t"));
    EXPECT_FALSE(is_field_value("high \xff\x01 and low"));
}

}  // namespace
}  // namespace pinrelay::http
