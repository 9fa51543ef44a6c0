#include "app/alarms/state_file.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <fstream>

#include "fixtures/temporary_directory.hpp"
#include "pinrelay/config/file_text.hpp"

namespace pinrelay::app {
namespace {
namespace fs = std::filesystem;

TEST(StateFile, IsReplacedAsAWholeAndReadableByItsOwnerAlone) {
    const test::TemporaryDirectory folder;
    const auto file = folder.path() / "alarms.json";
    std::ofstream(folder.path() / "alarms.json.new") << "of a process that ended in the middle";

    EXPECT_EQ(replace_file(file, std::string(100'000, 'x')), 0);
    EXPECT_EQ(replace_file(file, "second"), 0);

    EXPECT_EQ(config::read_file(file).text, "second");
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_FALSE(fs::exists(folder.path() / "alarms.json.new"));
}

TEST(StateFile, GivesTheSystemsErrorAndLeavesTheFileAlone) {
    const test::TemporaryDirectory folder;
    const auto file = folder.path() / "alarms.json";
    ASSERT_EQ(replace_file(file, "first"), 0);
    fs::create_directory(folder.path() / "alarms.json.new");

    EXPECT_EQ(replace_file(file, "second"), EEXIST);
    EXPECT_EQ(replace_file(folder.path() / "missing" / "alarms.json", "x"), ENOENT);

    EXPECT_EQ(config::read_file(file).text, "first");
}

}  // namespace
}  // namespace pinrelay::app
