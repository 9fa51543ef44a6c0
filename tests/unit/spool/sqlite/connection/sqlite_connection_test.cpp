#include "spool/sqlite/connection/sqlite_connection.hpp"

#include <gtest/gtest.h>

#include <future>

#include "fixtures/temporary_directory.hpp"

namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;

class TwoConnections : public testing::Test {
protected:
    Connection open(std::chrono::milliseconds patience) {
        return {directory.path() / "file", Connection::Access::ReadWrite, patience};
    }

    test::TemporaryDirectory directory;
};

TEST_F(TwoConnections, WaitForEachOthersLock) {
    Connection first = open(60s);
    first.run("PRAGMA journal_mode = WAL");
    Connection second = open(60s);
    first.run("BEGIN IMMEDIATE");

    auto waits = std::async(std::launch::async, [&second] { second.run("BEGIN IMMEDIATE"); });
    first.run("COMMIT");

    EXPECT_NO_THROW(waits.get());
}

TEST_F(TwoConnections, DoNotWaitLongerThanTheirPatience) {
    Connection first = open(60s);
    first.run("PRAGMA journal_mode = WAL");
    Connection second = open(0s);
    first.run("BEGIN IMMEDIATE");

    try {
        second.run("BEGIN IMMEDIATE");
        FAIL() << "the lock was taken twice";
    } catch (const SqliteError& error) {
        EXPECT_EQ(error.code(), sqlite_busy);
    }
}

TEST_F(TwoConnections, WaitAgainAfterACheckpointThatDoesNot) {
    Connection first = open(60s);
    first.run("PRAGMA journal_mode = WAL; CREATE TABLE t (x)");
    Connection second = open(60s);
    second.run("SELECT * FROM t");
    first.run("BEGIN IMMEDIATE");

    EXPECT_FALSE(second.checkpoint(Connection::Checkpoint::Truncate));  // the first writes
    auto waits = std::async(std::launch::async, [&second] { second.run("BEGIN IMMEDIATE"); });
    first.run("COMMIT");

    EXPECT_NO_THROW(waits.get());
}

}  // namespace
}  // namespace pinrelay::spool
