#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <span>
#include <string>
#include <variant>

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

// "a text of 64 characters at most"
std::string form_of(const pinterest::Field& field) {
    constexpr auto unbounded = std::numeric_limits<std::int64_t>::max();
    const std::string most = field.max == unbounded ? "" : std::to_string(field.max);
    switch (field.type) {
        case pinterest::Type::Text: return most.empty() ? "text" : "text, at most " + most + " characters";
        case pinterest::Type::Name: return "name of 1 to 100 letters, digits, `_` and `-`";
        case pinterest::Type::Decimal: return "decimal number as text, not negative";
        case pinterest::Type::Whole:
            return most.empty() ? "whole number" : "whole number, " + std::to_string(field.min) + " to " + most;
        case pinterest::Type::Boolean: return "`true` or `false`";
        case pinterest::Type::Texts: return most.empty() ? "list of texts" : "list of texts, at most " + most;
        case pinterest::Type::Digests: return "list of SHA-256 digests";
        case pinterest::Type::ClosedList: return "list of objects";
        case pinterest::Type::Choice: break;
        case pinterest::Type::Closed: return "object";
    }
    std::string words;
    for (const auto& word : field.choices) words += (words.empty() ? "" : ", ") + code(word);
    return words;
}

void add_rows(std::span<const pinterest::Field> fields, std::string& rows) {
    for (const auto& field : fields) {
        if (field.type == pinterest::Type::Closed) {
            add_rows(field.fields.list(), rows);
            continue;
        }
        rows += "| " + code(pinterest::path_of(field)) + " | " + form_of(field) + " | " +
                (field.is_made() ? std::string(field.rule) : "set by rules of the configuration only") + " |\n";
        add_rows(field.fields.list(), rows);
    }
}

// PINRELAY_BLESS=1 writes the table anew.
TEST(MappingDocument, HasTheTableOfKeys) {
    const std::string begin = "<!-- The table of keys, written by a test. -->\n";
    const std::string end = "<!-- End of the table of keys. -->\n";
    std::string rows = "| key | form | made from |\n|---|---|---|\n";
    add_rows(pinterest::event_schema(), rows);
    std::string text = document();
    const auto first = text.find(begin);
    const auto last = text.find(end);
    ASSERT_TRUE(first != std::string::npos && last != std::string::npos && first < last);

    if (std::getenv("PINRELAY_BLESS") != nullptr) {  // NOLINT(concurrency-mt-unsafe): nothing sets it
        text.replace(first + begin.size(), last - first - begin.size(), rows);
        std::ofstream(std::string(PINRELAY_SOURCE_DIR) + "/docs/mapping.md", std::ios::binary) << text;
        return;
    }
    EXPECT_EQ(text.substr(first + begin.size(), last - first - begin.size()), rows)
        << "after a change of the table run PINRELAY_BLESS=1 unit_destinations_pinterest";
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
