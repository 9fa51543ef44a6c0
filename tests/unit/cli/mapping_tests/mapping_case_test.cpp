#include "cli/mapping_tests/mapping_case.hpp"

#include <gtest/gtest.h>

namespace pinrelay::cli {
namespace {

using Lines = std::vector<std::string>;

class MappingCaseTest : public testing::Test {
protected:
    model::Value value(std::string_view json) {
        const auto parsed = model::parse_json(json, arena_);
        return std::get<model::Value>(parsed);
    }

    Lines compare(std::string_view expected, std::string_view event) {
        return differences(value(expected), value(event));
    }

    std::string problem(std::string_view json) {
        const auto read = read_mapping_case(json, arena_);
        const auto* found = std::get_if<std::string>(&read);
        return found == nullptr ? "" : *found;
    }

    model::Arena arena_;
};

constexpr std::string_view sent = R"({"status":"would_send","destination":"pinterest:1",
    "pinterest":{"event_name":"checkout","event_time":5,"custom_data":{"value":"79.99","content_ids":["a","b"]}},
    "origins":[{"field":"event_time","rule":"the time of arrival"},
               {"field":"custom_data.value","from":"ecommerce.value","rule":"the amount"}],
    "warnings":[{"code":"value_from_items","message":"absent"}]})";

TEST_F(MappingCaseTest, HoldsWhereAllIsAsExpected) {
    EXPECT_EQ(compare(R"({"status":"would_send","account":"pinterest:1","warnings":["value_from_items"],
                          "absent":["user_data.em","opt_out"],
                          "pinterest":{"custom_data":{"value":"79.99","content_ids":["a","b"]}}})",
                      sent),
              Lines{});
}

TEST_F(MappingCaseTest, SaysWhatDiffersAndWhereItCameFrom) {
    EXPECT_EQ(compare(R"({"pinterest":{"event_name":"signup","custom_data":{"value":"80","order_id":"1"}}})", sent),
              (Lines{R"(event_name: expected "signup", got "checkout")",
                     R"(custom_data.value: expected "80", got "79.99" ← ecommerce.value: the amount)",
                     R"(custom_data.order_id: expected "1", got none)"}));
    EXPECT_EQ(compare(R"({"pinterest":{"user_data":{"em":["x"]}}})", sent),
              (Lines{R"(user_data.em: expected ["x"], got none)"}));
    EXPECT_EQ(compare(R"({"absent":["custom_data.value"]})", sent),
              (Lines{R"(custom_data.value: must be absent, got "79.99" ← ecommerce.value: the amount)"}));
    EXPECT_EQ(compare(R"({"warnings":["url_cut"]})", sent),
              (Lines{R"(warnings: expected "url_cut")", R"(warnings: got "value_from_items": absent)"}));
}

TEST_F(MappingCaseTest, ComparesWhyNothingIsSent) {
    const auto* dropped = R"({"status":"dropped","reason":"consent"})";

    EXPECT_EQ(compare(R"({"status":"dropped","reason":"consent"})", dropped), Lines{});
    EXPECT_EQ(compare(R"({"status":"would_send","reason":"bot"})", dropped),
              (Lines{R"(status: expected "would_send", got "dropped")", R"(reason: expected "bot", got "consent")"}));
}

TEST_F(MappingCaseTest, IsReadFromTextOrJson) {
    const auto read = [&](std::string_view json) {
        const auto each = read_mapping_case(json, arena_);
        return std::get<MappingCase>(each).request;
    };

    EXPECT_EQ(read(R"({"request":"https://a.example/?en=a","expect":[{}]})").text, "https://a.example/?en=a");
    const auto request = read(R"({"request":{"event":"a"},"from":"198.51.100.7","headers":{"A":"b"},"expect":[{}]})");
    EXPECT_EQ(request.text, R"({"event":"a"})");
    EXPECT_EQ(request.peer, "198.51.100.7");
    EXPECT_EQ(request.headers, (http::Headers{{"A", "b"}}));
}

TEST_F(MappingCaseTest, SaysWhatIsWrongWithACase) {
    for (const auto* wrong :
         {"", "[]", "{}", R"({"request":"a"})", R"({"expect":[{}]})", R"({"request":"a","expect":[]})",
          R"({"request":"a","expect":[1]})", R"({"request":"a","expect":[{}],"name":"b"})",
          R"({"request":"a","expect":[{"reson":"b"}]})"})
        EXPECT_NE(problem(wrong), "") << wrong;
    EXPECT_NE(problem(R"({"request":"a","expect":[{"reson":"b"}]})").find("reson"), std::string::npos);
}

TEST_F(MappingCaseTest, IsMadeOfWhatCameOut) {
    const std::string explanation = R"({"report":{"events":[)" + std::string(sent) + "]}}";
    const std::string written = mapping_case_of({"{\"event\":\"purchase\"}", "198.51.100.7", {}}, value(explanation));
    const auto read = read_mapping_case(written, arena_);

    const auto& made = std::get<MappingCase>(read);
    EXPECT_EQ(made.request.text, "{\"event\":\"purchase\"}");
    ASSERT_EQ(made.expected.items().size(), 1U);
    EXPECT_EQ(made.expected.items()[0].at_pointer("/pinterest/event_time"), nullptr);
    EXPECT_EQ(differences(made.expected.items()[0], value(sent)), Lines{});
}

}  // namespace
}  // namespace pinrelay::cli
