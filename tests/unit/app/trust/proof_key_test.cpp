#include "app/trust/proof_key.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "fixtures/temporary_directory.hpp"
#include "fixtures/test_logger.hpp"

namespace pinrelay::app {
namespace {

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

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
    ASSERT_EQ(logger.lines().size(), 1U) << "a new key is no secret, and no trouble";
    EXPECT_EQ(logger.lines()[0].level, LogLevel::Info);
}

TEST_F(OwnProofKey, SetsAsideWhatIsNoWholeKeyAndSaysSo) {
    for (const char* damaged : {"", "cut", "a whole key of 32 bytes with a newline behind it\n"}) {
        std::ofstream(file) << damaged;
        std::ofstream(folder.path() / "proof_key.new") << "of a process that ended in the middle";

        const auto key = own_proof_key(folder.path(), logger).reveal();

        EXPECT_EQ(key.size(), 32U);
        EXPECT_EQ(own_proof_key(folder.path(), logger).reveal(), key);
        EXPECT_EQ(text_of(folder.path() / "proof_key.damaged"), damaged);
        EXPECT_FALSE(std::filesystem::exists(folder.path() / "proof_key.new"));
    }
    EXPECT_EQ(logger.count(LogLevel::Warn, "is damaged; a new one takes its place"), 3U);
}

TEST_F(OwnProofKey, LeavesWhatCannotBeReadAndSaysSo) {
    std::ofstream(folder.path() / "elsewhere") << std::string(32, 'k');
    std::filesystem::create_symlink(folder.path() / "elsewhere", file);

    const auto key = own_proof_key(folder.path(), logger).reveal();

    EXPECT_EQ(key.size(), 32U);
    EXPECT_NE(key, std::string(32, 'k'));
    EXPECT_TRUE(std::filesystem::is_symlink(file));
    EXPECT_EQ(logger.count(LogLevel::Warn, "symbolic link"), 1U);
}

TEST_F(OwnProofKey, ItsFlawIsFoundWithoutAChange) {
    EXPECT_EQ(proof_key_flaw(folder.path()), std::nullopt) << "it is not made yet";
    own_proof_key(folder.path(), logger);
    EXPECT_EQ(proof_key_flaw(folder.path()), std::nullopt);

    std::ofstream(file) << "cut";
    EXPECT_NE(proof_key_flaw(folder.path()).value_or("").find("damaged"), std::string::npos);
    EXPECT_EQ(text_of(file), "cut");

    std::filesystem::remove(file);
    std::filesystem::create_directory(file);
    EXPECT_NE(proof_key_flaw(folder.path()).value_or("").find("cannot be read"), std::string::npos);
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
