#include <gtest/gtest.h>

#include "golden_case.hpp"
#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::test {
namespace {

class Golden : public testing::TestWithParam<GoldenCase> {};

TEST_P(Golden, DecodesAsWrittenDown) {
    const Json decoded = to_json(golden_decoded(GetParam()));

    const std::filesystem::path expected = GetParam().folder / "event.json";
    if (blessing()) return write_json(expected, decoded);
    EXPECT_EQ(decoded.dump(2) + "\n", read_file(expected));
}

TEST(GoldenCases, AreThere) { EXPECT_GT(golden_cases().size(), 100U); }

// What stands between `before` and `after` in a text, each time.
std::vector<std::string> between(const std::string& text, const std::string& before, char after) {
    std::vector<std::string> found;
    for (std::size_t at = text.find(before); at != std::string::npos; at = text.find(before, at + 1)) {
        const std::size_t begin = at + before.size();
        found.push_back(text.substr(begin, text.find(after, begin) - begin));
    }
    return found;
}

TEST(GoldenCases, ThatTheDocumentationNamesAreThere) {
    const std::string page = read_file(std::filesystem::path(PINRELAY_SOURCE_DIR) / "docs" / "formats.md");

    const auto named = between(page, "(../tests/golden/", ')');

    EXPECT_GT(named.size(), 40U);
    for (const std::string& one : named)
        EXPECT_TRUE(std::filesystem::exists(golden_root() / one / "request.json")) << one;
    for (const std::string_view format : decode::Formats().names())
        EXPECT_NE(page.find("| `" + std::string(format) + "` |"), std::string::npos) << format;
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, testing::ValuesIn(golden_cases()),
                         [](const auto& one) { return test_name(one.param); });

}  // namespace
}  // namespace pinrelay::test
