#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "spool/sqlite/connection/sqlite_connection.hpp"

// The tables of spool.sqlite, which docs/spool.md explains to operators, and how older files become newer ones.
namespace pinrelay::spool {

inline constexpr int schema_version = 5;

// The file is sound but not ours to write: of a newer version, or another program's.
class ForeignFile : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// The tables, indexes and triggers of this version that the file lacks, such as "trigger dead_letter_added".
std::vector<std::string> missing_parts(Connection& connection);

// Sets what a connection that writes needs, then makes or migrates the tables. Throws SqliteError or ForeignFile.
void prepare_for_writing(Connection& connection);

// The same for a tool, which takes the tables as they are, of this version. Throws SqliteError or ForeignFile.
void prepare_for_tool(Connection& connection);

}  // namespace pinrelay::spool
