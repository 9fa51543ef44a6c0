#pragma once

#include <chrono>
#include <functional>

#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// A tool's writing beside a relay. A relay that waits for its lock answers no request meanwhile: so a transaction is to
// take some milliseconds, and after it the file is left alone for at least as long as it took.
class ShortTransactions {
public:
    explicit ShortTransactions(Connection& connection);

    // Commits what the body does, on stable storage, or nothing where it throws.
    void run(const std::function<void()>& body);

private:
    using Steady = std::chrono::steady_clock;

    Connection& connection_;
    const std::int64_t most_wal_frames_;
    Steady::time_point not_before_{};
};

}  // namespace pinrelay::spool
