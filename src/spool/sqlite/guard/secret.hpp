#pragma once

#include "spool/duplicates/keyed_hash.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

// `secret`: the key of what the guard remembers. It never leaves the file.
namespace pinrelay::spool {

// Where the file has none, it gets one and forgets what was remembered with another. Inside of the caller's
// transaction.
void make_secret_if_absent(Connection& connection);

KeyedHash::Secret secret_in(Connection& connection);  // zeros where there is none

}  // namespace pinrelay::spool
