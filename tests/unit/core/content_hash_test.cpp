#include "pinrelay/core/content_hash.hpp"

#include <gtest/gtest.h>

namespace pinrelay {
namespace {

std::string hash(std::string_view text) {
    ContentHash hash;
    hash.add(text);
    return hash.hex();
}

// The test vectors of the algorithm's authors.
TEST(ContentHash, IsFnv1a) {
    EXPECT_EQ(hash(""), "6c62272e07bb014262b821756295c58d");
    EXPECT_EQ(hash("a"), "d228cb696f1a8caf78912b704e4a8964");
    EXPECT_EQ(hash("foobar"), "343e1662793c64bf6f0d3597ba446f18");
}

TEST(ContentHash, DoesNotDependOnHowBytesArePortioned) {
    ContentHash portioned;

    portioned.add('f');
    portioned.add("oo");
    portioned.add("bar");

    EXPECT_EQ(portioned.hex(), hash("foobar"));
}

TEST(ContentHash, CountsBytesBeyondAscii) { EXPECT_NE(hash("\xff"), hash("\x7f")); }

}  // namespace
}  // namespace pinrelay
