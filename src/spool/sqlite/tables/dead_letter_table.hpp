#pragma once

#include "pinrelay/spool/dead_letters.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// Writing to `dead_letter`, inside of the caller's transaction.
class DeadLetterTable {
public:
    explicit DeadLetterTable(Connection& connection);

    void insert(const DeadLetter& letter);
    bool remove(std::int64_t number);  // false where it is not there (any more)

private:
    Statement insert_;
    Statement remove_;
};

}  // namespace pinrelay::spool
