#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ledger_keys.hpp"
#include "pinrelay/spool/spool.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// The statements; a test looks at their query plans.
namespace expire_sql {
extern const char* const ready;
extern const char* const waiting;
}  // namespace expire_sql

// Finds what is too old to be sent. Like a lease it reads what it gives, and passes over what is held in the index.
class OldRecords {
public:
    explicit OldRecords(Connection& connection);

    // The oldest records of the destination whose event happened before `before`, ready and waiting ones alike.
    std::vector<RecordId> choose(const std::string& destination, Time before, std::size_t limit,
                                 const HeldRecords& held);

private:
    Statement ready_;
    Statement waiting_;
};

}  // namespace pinrelay::spool
