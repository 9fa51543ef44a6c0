#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/core/result.hpp"
#include "pinrelay/spool/record.hpp"

namespace pinrelay::spool {

enum class SpoolErrc {
    Full = 1,     // a bound is reached: refuse, never drop
    WriteFailed,  // the disk said no; nothing of the group was kept
    Closed,       // closing or closed
};
const boost::system::error_category& spool_category() noexcept;
inline ErrorCode make_error_code(SpoolErrc e) noexcept { return {static_cast<int>(e), spool_category()}; }

enum class Fate { Delivered, DeadLetter, Retry };

// What became of a leased record.
struct Settlement {
    RecordId id = 0;
    Fate fate = Fate::Delivered;
    std::string reason;   // DeadLetter: a metric label of a fixed set ("refused", "too_old" …)
    std::string message;  // DeadLetter: the destination's own words, redacted
    Time not_before{};    // Retry: not leased again before
};

struct LeaseRequest {
    std::string destination;
    std::size_t max_records = 1000;
    std::size_t max_bytes = 1'000'000;  // of bodies; one record larger than that is leased alone
    Time now{};
    Time fresh_since{};  // records with event_time at or after it go first, oldest first; then the others
};

struct DeadLetter {
    StoredRecord stored;
    std::string reason;
    std::string message;
    Time died{};
};

// Counts since the spool was created, kept in the same transactions as the records, so that
// stored = delivered + dead_lettered + pending holds at any moment and over any crash.
struct Counts {
    std::uint64_t stored = 0;
    std::uint64_t delivered = 0;
    std::uint64_t dead_lettered = 0;
    std::uint64_t pending() const noexcept { return stored - delivered - dead_lettered; }
    friend bool operator==(const Counts&, const Counts&) = default;
};

struct Ledger {
    std::map<std::pair<std::string, std::string>, Counts> by_label;  // (destination, event_label)
    std::map<std::string, Time> oldest_pending;                      // destination → event_time; absent when none
    std::map<std::pair<std::string, std::string>, std::uint64_t> dead_by_reason;  // (destination, reason)
    std::uint64_t bytes = 0;                                                      // on disk
    bool writable = true;  // false from a failed write until one succeeds

    Counts total(const std::string& destination) const;
    Counts total() const;
};

// Keeps finished events until their fate is known. Every call returns at once and may come from any thread; each
// callback is called exactly once, from the spool's own thread, and must not block or throw.
class Spool {
public:
    virtual ~Spool() = default;

    using Done = std::function<void(Result<void>)>;
    using Leased = std::function<void(Result<std::vector<StoredRecord>>)>;

    // `done` is called after the commit that holds all the records is on stable storage; on an error none is kept.
    virtual void append(std::vector<Record> records, Done done) = 0;

    // Gives records whose time has come and which nobody holds. They are held until settled or until the spool is
    // opened again. An empty answer means: nothing due now.
    virtual void lease(LeaseRequest request, Leased leased) = 0;

    virtual void settle(std::vector<Settlement> settlements, Done done) = 0;

    // Called, from the spool's thread, after each commit that appended records. One listener; set before the first
    // append.
    virtual void on_append(std::function<void()> listener) = 0;

    // A consistent snapshot of the last commit. Any thread.
    virtual Ledger ledger() const = 0;

    // The newest dead letters of a destination ("" for all), at most `limit`. Blocks; not for hot paths.
    virtual std::vector<DeadLetter> dead_letters(const std::string& destination, std::size_t limit) const = 0;

    // Commits what waits, then answers every later call with Closed. Blocks.
    virtual void close() = 0;
};

enum class Durability { Disk, Memory };  // Memory: `done` is called before the commit, which still follows

struct SqliteOptions {
    std::filesystem::path directory;  // made with mode 0700; the file inside is spool.sqlite, mode 0600
    std::uint64_t max_bytes = 10ULL * 1024 * 1024 * 1024;
    std::uint64_t max_records = 20'000'000;
    Durability durability = Durability::Disk;
};

// SQLite in WAL mode with synchronous=FULL, one writer thread, group commit: a commit begins when the last one has
// ended and takes all that waits. Throws std::runtime_error, with a sentence for the operator, when the directory
// cannot be written, another process holds it, or the file's schema is of a newer version.
std::unique_ptr<Spool> open_sqlite_spool(SqliteOptions options, Clock clock, Logger& logger);

// The same promises but for the disk: for tests, and the model that the property test holds the real one against.
std::unique_ptr<Spool> make_memory_spool(Clock clock);

}  // namespace pinrelay::spool

template <>
struct boost::system::is_error_code_enum<pinrelay::spool::SpoolErrc> : std::true_type {};
