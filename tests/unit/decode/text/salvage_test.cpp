#include "decode/text/salvage.hpp"

#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

#include <string>

namespace pinrelay::decode {
namespace {

std::string too_deep() { return std::string(33, '[') + std::string(33, ']'); }

TEST(Salvage, ReadsTheNeighboursOfAMemberThatIsNoJson) {
    for (const std::string& bad : {std::string("NaN"), std::string("1e400"), std::string("{\"a\":,}"),
                                   std::string("\"\xFF\""), std::string("\"\\ud83d\""), too_deep()}) {
        const auto salvaged = salvage_members(R"([{"a":"],["},)" + bad + R"( , {"b":2}])", test::arena());

        ASSERT_TRUE(salvaged) << bad;
        EXPECT_EQ(model::to_json(salvaged->document), R"([{"a":"],["},null,{"b":2}])");
        ASSERT_EQ(salvaged->lost.size(), 1U);
        EXPECT_EQ(salvaged->lost[0].field, "/1");
        EXPECT_EQ(salvaged->lost[0].code, bad == too_deep() ? RejectCode::TooDeep : RejectCode::NotJson);
    }
}

TEST(Salvage, CountsBytesFromTheBeginningOfTheBody) {
    const auto salvaged = salvage_members(R"([{}, 1e400])", test::arena());

    ASSERT_TRUE(salvaged);
    EXPECT_EQ(salvaged->lost[0].message, "this member is no JSON document at byte 5: number out of range");
}

TEST(Salvage, FindsTheListOfAnEnvelope) {
    const auto salvaged = salvage_members(
        R"({"x:\"data\":[":{"data":[1,{"a":[]}]}, "data" : [{"a":1},{"b":NaN}] ,"c":3})", test::arena());

    ASSERT_TRUE(salvaged);
    EXPECT_EQ(model::to_json(salvaged->document),
              R"({"x:\"data\":[":{"data":[1,{"a":[]}]},"data":[{"a":1},null],"c":3})");
    EXPECT_EQ(salvaged->lost[0].field, "/data/1");
}

TEST(Salvage, LeavesWhatIsBrokenOtherwise) {
    for (const std::string_view body :
         {"", "[", "{", "[1e400]", R"([{"a":1},{"b":"x])", R"([{"a":1},{"b":1e400}] x)", R"([{"a":1},1e400}])",
          R"({"value":1e400})", R"({"data":{"a":1e400}})", R"({"other":[{"a":1},1e400]})",
          R"({"data":[{"a":1},1e400],"b":NaN})", R"({data:[{"a":1},1e400]})", R"([{"a":1}])"})
        EXPECT_FALSE(salvage_members(body, test::arena())) << body;
}

}  // namespace
}  // namespace pinrelay::decode
