#include "pinrelay/spool/dead_letter_reasons.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <string>

namespace pinrelay::spool {
namespace {

using Meanings = std::map<std::string, std::string>;

Meanings in_the_table() {
    Meanings meanings;
    for (const DeadLetterReason& reason : dead_letter_reasons) meanings.emplace(reason.label, reason.meaning);
    return meanings;
}

// The rows | `label` | meaning | what to do | of the page for operators.
Meanings documented() {
    std::ifstream page(PINRELAY_SOURCE_DIR "/docs/operations.md");
    const std::regex row(R"(\| `([a-z_]+)` \| ([^|]*) \| [^|]* \|)");
    Meanings meanings;
    bool here = false;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("## ")) here = line == "## Dead letters";
        std::smatch cells;
        if (here && std::regex_match(line, cells, row)) meanings.emplace(cells[1], cells[2]);
    }
    return meanings;
}

TEST(DeadLetterReasons, HaveALabelAndAMeaningEach) {
    EXPECT_EQ(in_the_table().size(), dead_letter_reasons.size());
    for (const auto& [label, meaning] : in_the_table()) {
        EXPECT_FALSE(label.empty());
        EXPECT_FALSE(meaning.empty()) << label;
    }
}

TEST(DeadLetterReasons, AreDocumentedWithTheSameMeanings) { EXPECT_EQ(documented(), in_the_table()); }

TEST(DeadLetterReasons, AreFoundByTheirLabels) {
    EXPECT_EQ(meaning_of("too_old"), reasons::too_old.meaning);
    EXPECT_EQ(meaning_of("of a newer version"), "");
}

}  // namespace
}  // namespace pinrelay::spool
