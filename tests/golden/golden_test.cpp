#include <gtest/gtest.h>

#include "golden_case.hpp"
#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::test {
namespace {

class Golden : public testing::TestWithParam<GoldenCase> {};

TEST_P(Golden, DecodesAsWrittenDown) {
    const http::Request request = golden_request(GetParam());

    const Json decoded = to_json(decode::Formats().decode(request));

    const std::filesystem::path expected = GetParam().folder / "event.json";
    if (blessing()) return write_json(expected, decoded);
    EXPECT_EQ(decoded.dump(2) + "\n", read_file(expected));
}

TEST(GoldenCases, AreThere) { EXPECT_GT(golden_cases().size(), 100U); }

INSTANTIATE_TEST_SUITE_P(Cases, Golden, testing::ValuesIn(golden_cases()),
                         [](const auto& one) { return test_name(one.param); });

}  // namespace
}  // namespace pinrelay::test
