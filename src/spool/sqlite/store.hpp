#pragma once

#include <filesystem>
#include <vector>

#include "spool/sqlite/connection/sqlite_connection.hpp"
#include "spool/sqlite/guard/copy_table.hpp"
#include "spool/sqlite/guard/rival_table.hpp"
#include "spool/sqlite/guard/seen_table.hpp"
#include "spool/sqlite/journal/journal_log.hpp"
#include "spool/sqlite/tables/due_records.hpp"
#include "spool/sqlite/tables/ledger_table.hpp"
#include "spool/sqlite/tables/letter_removal.hpp"
#include "spool/sqlite/tables/old_records.hpp"
#include "spool/sqlite/tables/record_table.hpp"

namespace pinrelay::spool {

// The open file with everything that is done to it. After a SqliteError it is only good for `abandon`.
class Store {
public:
    // Opens or makes the file, of mode 0600. Throws SqliteError or ForeignFile.
    explicit Store(const std::filesystem::path& file);

    void begin();
    void commit();
    void rollback() noexcept;

    RecordTable& records() noexcept { return records_; }
    DueRecords& due() noexcept { return due_; }
    OldRecords& old() noexcept { return old_; }
    LedgerTable& counts() noexcept { return ledger_; }
    LetterRemoval& removal() noexcept { return removal_; }
    SeenTable& seen() noexcept { return seen_; }
    CopyTable& copies() noexcept { return copies_; }
    RivalTable& rivals() noexcept { return rivals_; }
    JournalLog& journal() noexcept { return journal_; }
    Connection& connection() noexcept { return connection_; }

    // Whether another connection has committed since the last call, or since the opening. Inside of a transaction:
    // before it began.
    bool another_wrote();

    // The ledger, with its bytes, and the highest numbers, of one moment. Outside of a transaction.
    struct Stock {
        Ledger ledger;
        RecordTable::Last last;
    };
    Stock take_stock();

    // What max_bytes bounds: the pages in use (those of deleted records are used again before the file grows), and as
    // much of the WAL as goes beyond its regular size, which it only does while a reader holds it. The size of the WAL
    // counts as of the last look at its file, or what has been written since.
    std::uint64_t bytes();
    void look_at_wal();                        // another program, or a checkpoint, may have changed its size
    std::uint64_t wal_bytes() const noexcept;  // written since the WAL began anew
    // Of the file, which keeps its size when the WAL begins anew.
    std::uint64_t wal_file_bytes() const noexcept { return wal_file_bytes_; }

    // A commit that changes nothing and yet is written and synced like any other.
    void prove_writable();

    // Ends the transaction that failed. When its frames reached the WAL and only the sync failed, the next opening
    // would find a whole transaction there and bring it back, although its callers were told that it failed: writing
    // something harmless over its first frame prevents that. Whether this succeeds in being synced does not matter.
    void abandon() noexcept;

    bool is_sound();  // PRAGMA quick_check: reads everything

private:
    std::filesystem::path wal_;
    Connection connection_;
    RecordTable records_;
    DueRecords due_;
    OldRecords old_;
    LedgerTable ledger_;
    LetterRemoval removal_;
    SeenTable seen_;
    CopyTable copies_;
    RivalTable rivals_;
    JournalLog journal_;
    Statement begin_;
    Statement commit_;
    Statement pages_;
    Statement free_pages_;
    Statement data_version_;
    std::int64_t seen_version_ = 0;
    std::uint64_t wal_file_bytes_ = 0;
    std::uint64_t page_size_;
};

// Beyond this the WAL counts as a part of the store, and is emptied when there is no work to do. Small enough that a
// checkpoint is over in some tens of milliseconds, large enough that it is rare.
inline constexpr std::uint64_t wal_bound = 16ULL * 1024 * 1024;

// From here on the relay checkpoints it although there is work to do. The commit that passes this mark is not to pass
// the bound.
inline constexpr std::uint64_t wal_mark = wal_bound - wal_bound / 8;

}  // namespace pinrelay::spool
