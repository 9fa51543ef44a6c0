#include "pinrelay/config/file_text.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "unit/config/fixture.hpp"

namespace pinrelay::config {
namespace {

TEST(FileText, IsTheWholeFile) {
    const TemporaryFile file(std::string("a\nb\0c", 5));

    EXPECT_EQ(read_file(file.path()).text, std::string("a\nb\0c", 5));
}

TEST(FileText, LeavesOutTheMarkThatEditorsOnWindowsWrite) {
    const TemporaryFile file("\xEF\xBB\xBFpina_token\r\n");

    EXPECT_EQ(read_file(file.path()).text, "pina_token\r\n");
}

TEST(FileText, SaysWhyThereIsNone) {
    const TemporaryFile file("x");

    EXPECT_EQ(read_file("/nonexistent/token").problem, "there is no such file");
    EXPECT_EQ(read_file("/").problem, "is a directory, and not a file");
    EXPECT_EQ(read_file(file.path() / "below").problem, "cannot be read: Not a directory");
    EXPECT_EQ(read_file("/nonexistent/token").text, std::nullopt);
}

TEST(FileText, SaysThatTheRightsAreMissing) {
    constexpr uid_t nobody = 65534;
    const TemporaryFile file("x");
    std::filesystem::permissions(file.path(), std::filesystem::perms::none);
    const bool is_root = ::geteuid() == 0;  // root may read anything

    const int given_up = is_root ? ::seteuid(nobody) : 0;
    const auto read = read_file(file.path());
    const int taken_back = is_root ? ::seteuid(0) : 0;

    ASSERT_EQ(given_up + taken_back, 0);
    EXPECT_EQ(read.problem, "this user may not read it (look at the rights)");
}

TEST(FileText, IsNotMoreThanItsLimit) {
    const TemporaryFile file("12345");

    EXPECT_EQ(read_file(file.path(), 5).text, "12345");
    EXPECT_EQ(read_file(file.path(), 4).text, std::nullopt);
    EXPECT_EQ(read_file(file.path(), 4).problem, "has more than 4 bytes");
    EXPECT_EQ(read_file("/dev/zero").problem, "has more than 16777216 bytes");
    EXPECT_EQ(read_file("/dev/null").text, "");
}

// A reload reads its files on the thread that answers health checks.
TEST(FileText, DoesNotWaitForTheWriterOfAPipe) {
    const TemporaryFile place("");
    std::filesystem::remove(place.path());
    ASSERT_EQ(::mkfifo(place.path().c_str(), S_IRUSR | S_IWUSR), 0);

    EXPECT_EQ(read_file(place.path()).problem, "is no regular file, and nothing came out of it for a second");
}

TEST(FileText, IsWhatAPipeHolds) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    ASSERT_EQ(::write(ends[1], "token", 5), 5);
    ::close(ends[1]);

    EXPECT_EQ(read_file("/dev/fd/" + std::to_string(ends[0])).text, "token");
    ::close(ends[0]);
}

TEST(ShownPath, IsAPathAndNothingThatMayBeASecret) {
    for (const char* path : {"/run/secrets/token", "./token", "../secrets/token", "/etc/pinrelay/a-long-name-of-a-file",
                             "token.txt", "token", "/token"})
        EXPECT_EQ(shown_path(path), path);
    for (const char* secret : {"pina_ABC", "/run/pina_ABC", "0123456789abcdef", "/123456789abcdef+", "",
                               "ab/cdefgh12345678", "aaaaaaaaaaaaaaaa.bbbbbbbbbbbb"})
        EXPECT_EQ(shown_path(secret), "the file") << secret;
    EXPECT_EQ(shown_path("/a/" + std::string(300, 'x')), "the file");
}

}  // namespace
}  // namespace pinrelay::config
