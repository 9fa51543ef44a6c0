#include "ingest/limits/gzip.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

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
    EXPECT_EQ(unpack_gzip(gzip("abc"), 2), Unpacked(GzipFailure::TooLarge));
    EXPECT_EQ(unpack_gzip(gzip("ab") + gzip("c"), 2), Unpacked(GzipFailure::TooLarge));
}

TEST(Gzip, MayUnpackToFiftyTimesItsSizeAndTo64KiBInAnyCase) {
    constexpr std::size_t always = 64 * 1024;

    EXPECT_EQ(most_unpacked(0), always);
    EXPECT_EQ(most_unpacked(1310), always);
    EXPECT_EQ(most_unpacked(1311), 65'550U);
    const std::string just_so(always, 'x');
    EXPECT_EQ(unpack_gzip(gzip(just_so), 1'000'000), Unpacked(just_so));
    EXPECT_EQ(unpack_gzip(gzip(just_so + 'x'), 1'000'000), Unpacked(GzipFailure::TooFar));
    EXPECT_EQ(unpack_gzip(gzip(just_so), always - 1), Unpacked(GzipFailure::TooLarge));
}

TEST(Gzip, OfABombIsRefused) {
    const std::string bomb = gzip(std::string(10'000'000, 'x'));

    EXPECT_LT(bomb.size(), 20'000U);
    EXPECT_EQ(unpack_gzip(bomb, 1024 * 1024), Unpacked(GzipFailure::TooFar));
}

TEST(Gzip, OfTwoHundredEventsAlikeIsRead) {
    std::string batch = "[";
    for (int i = 0; i < 200; ++i) {
        const std::string number = std::to_string(1'000'000'007 * static_cast<std::int64_t>(i + 1));
        batch +=
            R"({"event":"purchase","event_id":")" + number + R"(","value":79.99,"currency":"EUR","items":[)" +
            R"({"item_id":"SKU-1","item_name":"Shirt of cotton","item_brand":"Acme","price":39.99,"quantity":2}],)" +
            R"("page_location":"https://shop.example/thanks","user_data":{"email":")" + number + R"(@a.example"}},)";
    }
    batch.back() = ']';

    EXPECT_EQ(unpack_gzip(gzip(batch), 1024 * 1024), Unpacked(batch));
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
