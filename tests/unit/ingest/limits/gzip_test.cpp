#include "ingest/limits/gzip.hpp"

#include <gtest/gtest.h>

#include "fixtures/gzip.hpp"

namespace pinrelay::ingest {
namespace {

using test::gzip;
using Unpacked = std::variant<std::string, GzipFailure>;

TEST(Gzip, IsToldByItsFirstBytes) {
    EXPECT_TRUE(is_gzip(gzip("{}")));
    for (const char* body : {"", "\x1f", "{}", "\x8b\x1f"}) EXPECT_FALSE(is_gzip(body)) << body;
}

TEST(Gzip, HoldsWhatWasPacked) {
    std::string text;
    for (int i = 0; i < 50'000; ++i) text += std::to_string(i);

    EXPECT_EQ(unpack_gzip(gzip(text), text.size()), Unpacked(text));
    EXPECT_EQ(unpack_gzip(gzip(""), 0), Unpacked(""));
}

TEST(Gzip, MayHaveSeveralMembers) { EXPECT_EQ(unpack_gzip(gzip("ab") + gzip("") + gzip("c"), 3), Unpacked("abc")); }

TEST(Gzip, ThatUnpacksToMoreThanIsAllowedIsRefused) {
    const std::string bomb = gzip(std::string(10'000'000, 'x'));

    EXPECT_LT(bomb.size(), 20'000U);
    EXPECT_EQ(unpack_gzip(bomb, 1024 * 1024), Unpacked(GzipFailure::TooLarge));
    EXPECT_EQ(unpack_gzip(gzip("abc"), 2), Unpacked(GzipFailure::TooLarge));
    EXPECT_EQ(unpack_gzip(gzip("ab") + gzip("c"), 2), Unpacked(GzipFailure::TooLarge));
}

TEST(Gzip, CutOffAnywhereIsBroken) {
    const std::string whole = gzip("some text, some text, some text");

    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_EQ(unpack_gzip(whole.substr(0, length), 1000), Unpacked(GzipFailure::Broken)) << length;
}

TEST(Gzip, ThatIsDamagedOrFollowedByOtherBytesIsBroken) {
    const std::string whole = gzip("some text, some text, some text");
    std::string wrong_sum = whole;
    wrong_sum[whole.size() - 8] ^= 1;

    EXPECT_EQ(unpack_gzip(wrong_sum, 1000), Unpacked(GzipFailure::Broken));
    EXPECT_EQ(unpack_gzip(whole + "x", 1000), Unpacked(GzipFailure::Broken));
    EXPECT_EQ(unpack_gzip("not gzip", 1000), Unpacked(GzipFailure::Broken));
}

}  // namespace
}  // namespace pinrelay::ingest
