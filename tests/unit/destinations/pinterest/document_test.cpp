#include <fstream>
#include <iterator>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/mapping/event_names.hpp"
#include "destinations/pinterest/schema.hpp"
#include "fixture.hpp"

// docs/mapping.md says what the tables of the code say.
namespace pinrelay::test {
namespace {

const std::string& document() {
    static const std::string text = [] {
        std::ifstream file(std::string(PINRELAY_SOURCE_DIR) + "/docs/mapping.md");
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    return text;
}

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

bool says(const std::string& text) { return document().find(text) != std::string::npos; }

std::string cell(std::string_view target, std::string_view custom_name) {
    if (target.empty()) return "not forwarded";
    return target == pinterest::custom_event ? code(target) + ", " + code(custom_name) : code(target);
}

TEST(MappingDocument, HasEveryRowOfBothProfiles) {
    for (const auto& row : pinterest::name_rows()) {
        const bool off = row.standard.empty() && row.extended.empty();
        const std::string expected = off ? code(row.ga4)
                                         : "| " + code(row.ga4) + (row.app_only ? " (apps)" : "") + " | " +
                                               cell(row.standard, row.custom_name) + " | " +
                                               cell(row.extended, row.custom_name) + " |";
        EXPECT_TRUE(says(expected)) << expected;
    }
}

TEST(MappingDocument, HasEveryNameOfPinterest) {
    for (const auto& name : pinterest::standard_event_names()) EXPECT_TRUE(says(code(name))) << name;
}

TEST(MappingDocument, HasEveryDropReason) {
    for (const auto reason : pinterest::drops::all) EXPECT_TRUE(says("| " + code(reason) + " |")) << reason;
}

TEST(MappingDocument, HasEveryWarning) {
    for (const auto warning : pinterest::warnings::all) EXPECT_TRUE(says("| " + code(warning) + " |")) << warning;
}

TEST(MappingDocument, HasEveryKeyOfTheSchema) {
    for (const auto& field : pinterest::event_schema()) {
        EXPECT_TRUE(says(code(field.key))) << field.key;
        for (const auto& inner : field.fields.list()) {
            EXPECT_TRUE(says(code(inner.key))) << field.key << "." << inner.key;
            for (const auto& line : inner.fields.list()) EXPECT_TRUE(says(code(line.key))) << line.key;
        }
    }
}

}  // namespace
}  // namespace pinrelay::test
