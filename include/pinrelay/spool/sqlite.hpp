#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/spool/duplicates.hpp"
#include "pinrelay/spool/spool.hpp"

// The store on disk: one SQLite file.
namespace pinrelay::spool {

enum class Durability { Disk, Memory };  // Memory: `done` is called before the commit, which still follows

struct SqliteOptions {
    std::filesystem::path directory;  // made with mode 0700; the file inside is spool.sqlite, mode 0600
    // Of the database's pages in use (those of delivered records are used again before the file grows); the WAL comes
    // on top, 16 MiB unless another program keeps reading, then what exceeds these counts as well. Dead letters count.
    std::uint64_t max_bytes = 10ULL * 1024 * 1024 * 1024;
    std::uint64_t max_records = 20'000'000;  // pending
    Durability durability = Durability::Disk;
    DuplicateOptions duplicates{};
};

// SQLite in WAL mode with synchronous=FULL, one writer thread, group commit: a commit begins when the last one has
// ended and takes all that waits. After a failed write nothing of the group is kept, and the file is opened anew before
// anything else is written. A damaged file is moved aside, with an error in the log, and a new one begun. Another
// program may change the tables meanwhile, in transactions of its own: it is noticed at the next commit, or within a
// second when there is none.
// Throws std::runtime_error, with a sentence for the operator, when the directory cannot be written, another process
// holds it, or the file's schema is of a newer version.
std::unique_ptr<Spool> open_sqlite_spool(const SqliteOptions& options, Clock clock, Logger& logger);

}  // namespace pinrelay::spool
