#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "pinrelay/spool/spool.hpp"
#include "spool/sqlite_connection.hpp"
#include "support/spool_records.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_logger.hpp"

namespace pinrelay::test {

// A SQLite spool in a directory of its own.
class SqliteSpoolTest : public testing::Test {
protected:
    void open() {
        spool.reset();
        spool = spool::open_sqlite_spool(options, clock.clock(), logger);
    }

    std::filesystem::path file() const { return options.directory / "spool.sqlite"; }

    // As an operator's shell does, while the spool is closed.
    void run_sql(const std::string& sql) {
        spool::Connection connection(file(), spool::Connection::Access::ReadWrite);
        connection.run(sql);
    }

    // The thread of the spool finds out by itself that the disk works again.
    bool becomes_writable() {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!spool->ledger().writable) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::this_thread::yield();
        }
        return true;
    }

    TemporaryDirectory root;
    spool::SqliteOptions options{.directory = root.path() / "spool"};
    ManualClock clock;
    TestLogger logger;
    std::unique_ptr<spool::Spool> spool;
};

}  // namespace pinrelay::test
