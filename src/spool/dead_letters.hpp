#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pinrelay/spool/spool.hpp"

namespace pinrelay::spool {

// The newest dead letters of a destination ("" for all) through a connection of its own, beside a writer. Throws
// SqliteError.
std::vector<DeadLetter> read_dead_letters(const std::filesystem::path& file, const std::string& destination,
                                          std::size_t limit);

}  // namespace pinrelay::spool
