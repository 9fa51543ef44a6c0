#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/spool/duplicates.hpp"
#include "pinrelay/spool/journal.hpp"
#include "pinrelay/spool/spool.hpp"

// The store on disk: one SQLite file.
namespace pinrelay::spool {

// When the `done` of an append is called: after its commit is on disk, or as soon as the records are in memory. The
// commit follows in both cases.
enum class Durability { Disk, Memory };

struct SqliteOptions {
    std::filesystem::path directory;  // made with mode 0700; the file in it is spool.sqlite, mode 0600

    // Bound of the pages in use. Dead letters count up to their own limit; what is beyond it is about to be removed.
    // The file reuses the pages of delivered records before it grows.
    // The WAL is not counted up to 16 MiB. It grows beyond them only while another program keeps reading; then the
    // excess counts.
    std::uint64_t max_bytes = 10ULL * 1024 * 1024 * 1024;
    std::uint64_t max_records = 20'000'000;  // bound of the pending records
    Durability durability = Durability::Disk;
    DuplicateOptions duplicates{};
    DeadLetterLimits dead_letters{};  // until Spool::limit_dead_letters
    JournalOptions journal{};
};

// Opens the store, or makes it. The caller owns it; `logger` must outlive it. The destructor closes it.
//
// SQLite works in WAL mode with synchronous=FULL. One thread writes, and groups commits: a commit begins when the last
// one has ended, or up to 300 µs later while several senders are at work, and takes all calls that wait. After a failed
// write the file is opened anew before the next write. A damaged file is renamed, with an error in the log, and a new
// file begins. Another program may change the tables, in transactions of its own; the store sees the change with its
// next commit, or within a second.
//
// Throws std::runtime_error with a sentence for the operator: the directory cannot be written, another process uses it,
// or a newer version wrote the file.
//
// `confirmed` says when a dead letter is older than DeadLetterLimits::keep: a time that the system's clock has not only
// jumped to, see core/confirmed_clock.hpp. Without it the store makes one of `clock`.
std::unique_ptr<Spool> open_sqlite_spool(const SqliteOptions& options, Clock clock, Logger& logger,
                                         Clock confirmed = {});

}  // namespace pinrelay::spool
