#include "config/text/json_mistake.hpp"

#include <gtest/gtest.h>

#include "config/json_file.hpp"
#include "unit/config/fixture.hpp"

namespace pinrelay::config {
namespace {

// "line 2, column 1: the reason" of a text that is not JSON.
std::string mistake_in(const std::string& text) {
    const auto loaded = load_text(text);
    if (loaded.problems.size() != 1) return texts(loaded);
    return loaded.problems[0].key + ": " + loaded.problems[0].reason;
}

struct MistakeRow {
    const char* text;
    const char* key;
    const char* part;  // of the reason
};

class JsonMistakes : public testing::TestWithParam<MistakeRow> {};

TEST_P(JsonMistakes, AreNamedWithTheirPlace) {
    const auto& [text, key, part] = GetParam();

    const std::string said = mistake_in(text);

    EXPECT_TRUE(said.starts_with(std::string(key) + ": ")) << text << "\n" << said;
    EXPECT_NE(said.find(part), std::string::npos) << text << "\n" << said;
}

INSTANTIATE_TEST_SUITE_P(
    Commas, JsonMistakes,
    testing::Values(MistakeRow{"{\n  \"workers\": 2,\n}", "line 2, column 15", "a comma before '}' or ']'"},
                    MistakeRow{"{\"workers\": 2, // \"two\",\n}", "line 1, column 14", "a comma before"},
                    MistakeRow{"{\"workers\": 2, /* , */ }", "line 1, column 14", "a comma before"},
                    MistakeRow{"{\"collect\": {\"prefixes\": [\"/a\",]}}", "line 1, column 31", "a comma before"},
                    MistakeRow{"{\"workers\": 2,, \"a\": 1}", "line 1, column 15", "one comma too many"},
                    MistakeRow{"{\"workers\": 2\n \"listen\": 1}", "line 2, column 2", "a comma or a colon is missing"},
                    MistakeRow{"{\"listen\" \"x\"}", "line 1, column 11", "a comma or a colon is missing"}));

INSTANTIATE_TEST_SUITE_P(
    OtherLanguages, JsonMistakes,
    testing::Values(MistakeRow{"listen: 0.0.0.0:8080\n", "line 1, column 1", "looks like YAML"},
                    MistakeRow{"# ours\naccounts:\n  - ad_account_id: \"1\"\n", "line 1, column 1", "looks like YAML"},
                    MistakeRow{"---\nlisten: x", "line 1, column 1", "looks like YAML"},
                    MistakeRow{"\xEF\xBB\xBFlisten: x", "line 1, column 1", "looks like YAML"},
                    MistakeRow{"listen = \"x\"\n", "line 1, column 1", "looks like TOML"},
                    MistakeRow{"[collect]\ndebug = true\n", "line 1, column 1", "looks like TOML"},
                    MistakeRow{"PINRELAY_LISTEN=0.0.0.0:80\n", "line 1, column 1", "a list of variables"},
                    MistakeRow{"<config/>", "line 1, column 1", "looks like XML"},
                    MistakeRow{"export PINRELAY_LISTEN=x\n", "line 1, column 1", "a list of variables"}));

INSTANTIATE_TEST_SUITE_P(Encodings, JsonMistakes,
                         testing::Values(MistakeRow{"\xFF\xFE{", "line 1, column 1", "UTF-16"},
                                         MistakeRow{"{\"data_dir\": \"\xE9t\xE9\"}", "line 1, column 15", "not UTF-8"},
                                         MistakeRow{"{\u201clisten\u201d: \"x\"}", "line 1, column 2", "curly quote"}));

INSTANTIATE_TEST_SUITE_P(Words, JsonMistakes,
                         testing::Values(MistakeRow{"", "line 1, column 1", "is empty"},
                                         MistakeRow{" \n", "line 1, column 1", "is empty"},
                                         MistakeRow{"// nothing yet\n", "line 1, column 1", "is empty"},
                                         MistakeRow{"{\"workers\": 2", "line 1, column 14", "ends too early"},
                                         MistakeRow{"{\n# ours\n\"workers\": 2}", "line 2, column 1", "begins with //"},
                                         MistakeRow{"{'workers': 2}", "line 1, column 2", "double quotes"},
                                         MistakeRow{"{workers: 2}", "line 1, column 2", "double quotes"},
                                         MistakeRow{"{\"workers\" = 2}", "line 1, column 12", "by a colon"},
                                         MistakeRow{"{\"workers\": 2}}", "line 1, column 15", "not JSON"}));

}  // namespace
}  // namespace pinrelay::config
