#include "pinrelay/ingest/warning_advice.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace pinrelay::ingest {
namespace {

// The codes in the table of docs/mapping.md, which other tests hold against the code.
std::vector<std::string> documented_codes() {
    std::ifstream file(PINRELAY_SOURCE_DIR "/docs/mapping.md");
    std::vector<std::string> codes;
    bool in_table = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("| `event_id_derived`")) in_table = true;
        if (in_table && !line.starts_with("| `")) break;
        if (in_table) codes.push_back(line.substr(3, line.find('`', 3) - 3));
    }
    return codes;
}

TEST(WarningAdvice, IsThereForEachDocumentedWarning) {
    const auto codes = documented_codes();

    EXPECT_GT(codes.size(), 30U);
    for (const std::string& code : codes) EXPECT_NE(warning_advice(code), "") << code;
}

TEST(WarningAdvice, IsNoneForAnUnknownCode) { EXPECT_EQ(warning_advice("other"), ""); }

}  // namespace
}  // namespace pinrelay::ingest
