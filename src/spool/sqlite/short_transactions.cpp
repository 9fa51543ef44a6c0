#include "short_transactions.hpp"

#include <algorithm>
#include <exception>
#include <thread>

#include "store.hpp"

namespace pinrelay::spool {
namespace {

// Where a transaction took no time at all: several of the relay's looks at the lock.
constexpr std::chrono::milliseconds shortest_pause{5};

void roll_back(Connection& connection) noexcept {
    try {
        connection.run("ROLLBACK");
    } catch (const std::exception&) {
        // SQLite has rolled back by itself.
        return;
    }
}

}  // namespace

ShortTransactions::ShortTransactions(Connection& connection)
    : connection_(connection),
      most_wal_frames_(static_cast<std::int64_t>(wal_bound) / connection.number("PRAGMA page_size")) {}

void ShortTransactions::run(const std::function<void()>& body) {
    std::this_thread::sleep_until(not_before_);
    connection_.run("BEGIN IMMEDIATE");
    const auto began = Steady::now();
    try {
        body();
        connection_.run("COMMIT");
    } catch (...) {
        roll_back(connection_);
        throw;
    }
    const auto ended = Steady::now();
    not_before_ = ended + std::max<Steady::duration>(ended - began, shortest_pause);
    // Without a relay nobody else does it, and beside one the WAL is one.
    if (connection_.wal_frames() > most_wal_frames_) connection_.checkpoint(Connection::Checkpoint::Passive);
}

}  // namespace pinrelay::spool
