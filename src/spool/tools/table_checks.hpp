#pragma once

#include <string>
#include <vector>

#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

using Problems = std::vector<std::string>;  // a sentence each

// Holds the tables against each other: counts against rows, rows against those that they belong to, and what the guard
// remembers against its form. Each look is one statement, so that a relay that writes meanwhile changes nothing.
void check_tables(Connection& connection, Problems& problems);

}  // namespace pinrelay::spool
