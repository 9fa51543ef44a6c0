#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "pinrelay/identity/digest.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

using Text = std::optional<std::string>;
using Rule = std::function<Text(std::string_view text, std::string_view hint)>;

template <class Result>
Rule without_hint(Result (*rule)(std::string_view)) {
    return [rule](std::string_view text, std::string_view) { return Text(rule(text)); };
}

const std::map<std::string, Rule>& rules() {
    static const std::map<std::string, Rule> table = {
        {"trim", [](std::string_view text, std::string_view) { return Text(trim(text)); }},
        {"sha256", [](std::string_view text, std::string_view) { return Text(text); }},
        {"existing_digest", without_hint(existing_digest)},
        {"lower_nfc", without_hint(lower_nfc)},
        {"email", without_hint(email)},
        {"name", without_hint(name)},
        {"gender", without_hint(gender)},
        {"birth_date", without_hint(birth_date)},
        {"city", without_hint(city)},
        {"country", without_hint(country)},
        {"external_id", without_hint(external_id)},
        {"external_id_exact", without_hint(external_id_exact)},
        {"advertising_id", without_hint(advertising_id)},
        {"public_address", without_hint(public_address)},
        {"region", region},
        {"postal_code", postal_code},
        {"phone", phone},
    };
    return table;
}

struct Row {
    int line = 0;
    std::string rule;
    std::string text;
    std::string hint;
    Text normalised;
    std::string digest;
};

std::string unescape(const std::string& json) { return nlohmann::json::parse(json).get<std::string>(); }

// See make_vectors.py, which writes the file.
std::vector<Row> read_rows() {
    std::ifstream file(PINRELAY_SOURCE_DIR "/tests/unit/identity/vectors.tsv");
    std::vector<Row> rows;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (line.starts_with('#')) continue;
        std::istringstream cells(line);
        std::string text;
        std::string normalised;
        Row row;
        row.line = number;
        std::getline(cells, row.rule, '\t');
        std::getline(cells, text, '\t');
        std::getline(cells, row.hint, '\t');
        std::getline(cells, normalised, '\t');
        std::getline(cells, row.digest, '\t');
        row.text = unescape(text);
        if (normalised != "-") row.normalised = unescape(normalised);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string shown(const Text& text) { return text ? nlohmann::json(*text).dump() : "-"; }

TEST(Vectors, EveryRowIsCleanedAndHashedAsTheIndependentScriptSays) {
    const auto rows = read_rows();
    ASSERT_GT(rows.size(), 265U);

    for (const auto& row : rows) {
        const auto rule = rules().find(row.rule);
        ASSERT_NE(rule, rules().end()) << "vectors.tsv:" << row.line << ": no rule " << row.rule;

        const Text normalised = rule->second(row.text, row.hint);

        EXPECT_EQ(shown(normalised), shown(row.normalised)) << "vectors.tsv:" << row.line << ": " << row.rule << " of "
                                                            << shown(row.text) << " with \"" << row.hint << '"';
        EXPECT_EQ(normalised ? sha256_hex(*normalised) : "-", row.digest) << "vectors.tsv:" << row.line;
    }
}

}  // namespace
}  // namespace pinrelay::identity
