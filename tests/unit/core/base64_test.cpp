#include "pinrelay/core/base64.hpp"

#include <gtest/gtest.h>

namespace pinrelay {
namespace {

struct Vector {
    const char* text;
    const char* bytes;
};

// RFC 4648, section 10.
constexpr Vector vectors[] = {{"", ""},
                              {"Zg==", "f"},
                              {"Zm8=", "fo"},
                              {"Zm9v", "foo"},
                              {"Zm9vYg==", "foob"},
                              {"Zm9vYmE=", "fooba"},
                              {"Zm9vYmFy", "foobar"}};

TEST(Base64, IsWrittenAndReadAsTheStandardShows) {
    for (const auto& [text, bytes] : vectors) {
        EXPECT_EQ(encode_base64(bytes), text);
        EXPECT_EQ(decode_base64(text), bytes);
    }
}

TEST(Base64, IsReadWithoutItsPadding) {
    EXPECT_EQ(decode_base64("Zg"), "f");
    EXPECT_EQ(decode_base64("Zm8"), "fo");
}

TEST(Base64, HasEveryByteAndDigit) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);

    const std::string text = encode_base64(bytes);

    EXPECT_TRUE(text.starts_with("AAECAwQFBgcICQoLDA0ODxAREhMU"));
    EXPECT_EQ(decode_base64(text), bytes);
}

TEST(Base64, IsWrittenInTheStandardAlphabetAndReadInBoth) {
    EXPECT_EQ(encode_base64("\xff\xef\xfe"), "/+/+");
    for (const char* text : {"/+/+", "_-_-"}) EXPECT_EQ(decode_base64(text), "\xff\xef\xfe") << text;
}

TEST(Base64, IsNothingWhereItIsBroken) {
    for (const char* text : {"Z", "Zg===", "Zm9vY", "Z=g=", "Zm9v\n", "/ / ", "%%%%", "caf\xC3\xA9"})
        EXPECT_EQ(decode_base64(text), std::nullopt) << text;
}

TEST(Base64, MayBeHeldToZeroInItsUnusedBits) {
    for (const char* text : {"Zh", "Zm9"}) {
        EXPECT_TRUE(decode_base64(text)) << text;
        EXPECT_EQ(decode_base64(text, UnusedBits::MustBeZero), std::nullopt) << text;
    }
    for (const char* text : {"Zg", "Zm8=", "Zm9v", ""})
        EXPECT_TRUE(decode_base64(text, UnusedBits::MustBeZero)) << text;
}

}  // namespace
}  // namespace pinrelay
