#include "pinrelay/core/content_hash.hpp"

#include <gtest/gtest.h>

namespace pinrelay {
namespace {

std::string hash(std::string_view text) {
    ContentHash hash;
    hash.add(text);
    return hash.hex();
}

// Values of the shared library libxxhash 0.8.1, which this code does not use. XXH3 works differently above 240 bytes.
TEST(ContentHash, IsXxh3Of128Bits) {
    EXPECT_EQ(hash(""), "99aa06d3014798d86001c324468d497f");
    EXPECT_EQ(hash("abc"), "06b05ab6733a618578af5f94892f3950");
    EXPECT_EQ(hash(std::string(1000, 'x')), "50a1af5a5f2dcf01c0a4877b962cba82");
}

TEST(ContentHash, HasTheSameDigestAsNumbers) {
    ContentHash hash;
    hash.add("abc");

    EXPECT_EQ(hash.digest(), (ContentDigest{0x06b05ab6733a6185, 0x78af5f94892f3950}));
}

TEST(ContentHash, DoesNotDependOnHowBytesArePortioned) {
    ContentHash portioned;

    portioned.add('f');
    portioned.add("oo");
    portioned.add("bar");

    EXPECT_EQ(portioned.hex(), hash("foobar"));
}

TEST(ContentHash, GoesOnAfterADigest) {
    ContentHash interrupted;

    interrupted.add("foo");
    EXPECT_EQ(interrupted.hex(), hash("foo"));
    interrupted.add("bar");

    EXPECT_EQ(interrupted.hex(), hash("foobar"));
}

TEST(ContentHash, CountsBytesBeyondAscii) { EXPECT_NE(hash("\xff"), hash("\x7f")); }

TEST(Hash64, DependsOnBytesAndSeedAlone) {
    EXPECT_EQ(hash64("a", 1), hash64("a", 1));
    EXPECT_NE(hash64("a", 1), hash64("b", 1));
    EXPECT_NE(hash64("a", 1), hash64("a", 2));
}

}  // namespace
}  // namespace pinrelay
