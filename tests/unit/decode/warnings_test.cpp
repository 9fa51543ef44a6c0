#include "pinrelay/decode/warnings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

std::string mapping_page() {
    std::ifstream file(std::string(PINRELAY_SOURCE_DIR) + "/docs/mapping.md");
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(DecodeWarnings, AreExplainedInTheDocumentation) {
    const std::string page = mapping_page();

    for (const std::string_view code : warnings::all)
        EXPECT_NE(page.find("| `" + std::string(code) + "` |"), std::string::npos) << code;
}

TEST(DecodeWarnings, AreDifferentFromEachOther) {
    EXPECT_EQ(std::set<std::string_view>(warnings::all.begin(), warnings::all.end()).size(), warnings::all.size());
}

TEST(DecodeWarnings, AreOfTheFixedSetAndRepeatNoPersonsData) {
    const auto event = test::decode_event(
        R"({"event":"purchase","curency":"jane@example.com","ip":"jane@example.com","items":["jane@example.com",true],
            "user_data":{"emial":"jane@example.com"},"sent_at":5000000,"timestamp":1000000})");

    EXPECT_EQ(event.warnings.size(), 5U);
    for (const model::Warning& warning : event.warnings) {
        EXPECT_NE(std::ranges::find(warnings::all, warning.code), warnings::all.end()) << warning.code;
        EXPECT_EQ((warning.field + warning.message).find("jane"), std::string::npos) << warning.message;
    }
}

}  // namespace
}  // namespace pinrelay::decode
