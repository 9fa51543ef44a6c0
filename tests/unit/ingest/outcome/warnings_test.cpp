#include "ingest/outcome/warnings.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace pinrelay::ingest {
namespace {

TEST(IngestWarnings, AreExplainedInTheDocument) {
    std::ifstream file(PINRELAY_SOURCE_DIR "/docs/mapping.md");
    const std::string text{std::istreambuf_iterator<char>(file), {}};

    for (const auto code : warnings::all)
        EXPECT_NE(text.find("| `" + std::string(code) + "` |"), std::string::npos) << code;
}

}  // namespace
}  // namespace pinrelay::ingest
