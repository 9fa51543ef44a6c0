#include "decode/text/base64.hpp"

#include <gtest/gtest.h>

namespace pinrelay::decode {
namespace {

// RFC 4648, section 10.
TEST(Base64, IsReadWithItsPaddingAndWithout) {
    for (const auto& [text, bytes] : {std::pair{"", ""},
                                      {"Zg==", "f"},
                                      {"Zg", "f"},
                                      {"Zm8=", "fo"},
                                      {"Zm8", "fo"},
                                      {"Zm9v", "foo"},
                                      {"Zm9vYmFy", "foobar"}}) {
        EXPECT_EQ(decode_base64(text), bytes) << text;
    }
}

TEST(Base64, IsReadInBothAlphabets) {
    for (const char* text : {"/+/+", "_-_-", "/ / "}) EXPECT_EQ(decode_base64(text), "\xff\xef\xfe") << text;
}

TEST(Base64, IsNothingWhereItIsBroken) {
    for (const char* text : {"Z", "Zg===", "Zm9vY", "Z=g=", "Zm9v\n", "%%%%", "caf\xC3\xA9"}) {
        EXPECT_EQ(decode_base64(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace pinrelay::decode
