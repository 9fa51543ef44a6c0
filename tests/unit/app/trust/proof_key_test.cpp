#include "app/trust/proof_key.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "fixtures/temporary_directory.hpp"
#include "fixtures/test_logger.hpp"

namespace pinrelay::app {
namespace {

class OwnProofKey : public testing::Test {
protected:
    test::TemporaryDirectory folder;
    test::TestLogger logger;
    std::filesystem::path file = folder.path() / "proof_key";
};

TEST_F(OwnProofKey, IsMadeOnceAndKeptForItsOwnerAlone) {
    const auto first = own_proof_key(folder.path(), logger).reveal();
    const auto second = own_proof_key(folder.path(), logger).reveal();
    struct ::stat status {};

    EXPECT_EQ(first.size(), 32U);
    EXPECT_EQ(first, second);
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_TRUE(logger.lines().empty());
}

TEST_F(OwnProofKey, ReplacesWhatIsNoWholeKey) {
    std::ofstream(file) << "cut";
    std::ofstream(folder.path() / "proof_key.new") << "of a process that ended in the middle";

    const auto key = own_proof_key(folder.path(), logger).reveal();

    EXPECT_EQ(key.size(), 32U);
    EXPECT_EQ(own_proof_key(folder.path(), logger).reveal(), key);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "proof_key.new"));
}

TEST_F(OwnProofKey, IsOfThisProcessWhereItCannotBeKept) {
    const auto key = own_proof_key(folder.path() / "missing", logger).reveal();

    EXPECT_EQ(key.size(), 32U);
    ASSERT_EQ(logger.lines().size(), 1U);
    EXPECT_EQ(logger.lines()[0].level, LogLevel::Warn);
    EXPECT_NE(logger.lines()[0].text.find("No such file"), std::string::npos) << logger.lines()[0].text;
}

}  // namespace
}  // namespace pinrelay::app
