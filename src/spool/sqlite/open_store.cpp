#include "open_store.hpp"

#include "spool/directory.hpp"
#include "spool/salvage/page_file.hpp"

namespace pinrelay::spool {
namespace {

constexpr int sqlite_corrupt = 11;

void mend_ledger(Store& store, Logger& logger) {
    store.begin();
    const auto mended = store.counts().mend();
    const bool recounted = store.counts().mend_letter_sizes();
    store.copies().remove_orphans();
    store.rivals().remove_orphans();
    store.commit();
    if (recounted) logger.error("the spool's sums of its dead letters did not agree with them and were counted again");
    for (const auto& each : mended)
        logger.error("the spool's ledger did not agree with its records and was mended",
                     {{"destination", each.destination},
                      {"records_lost", std::to_string(each.lost)},
                      {"records_unknown", std::to_string(each.unknown)}});
}

// A wait is a time of the system's clock, which may have been set back since. What waited begins anew: the account's
// own waits are known to the process alone, and gone with it.
void end_waits(Store& store) {
    for (bool more = true; more;) {
        store.begin();
        more = store.due().end_waits(most_due_at_once);
        store.commit();
    }
}

// SQLite takes a WAL for ended at the first damaged frame and overwrites what stands behind it: events that had been
// acknowledged would be gone without a word.
void check_wal(const std::filesystem::path& file) {
    if (std::filesystem::exists(file) && PageFile(file).has_damaged_wal())
        throw SqliteError(sqlite_corrupt, "its WAL is damaged in front of transactions that had been committed");
}

OpenedStore open_sound(const std::filesystem::path& file, Opening opening, DuplicateGuard* guard,
                       const JournalOptions& journal, Logger& logger) {
    if (opening == Opening::First) check_wal(file);
    OpenedStore opened;
    opened.store = std::make_unique<Store>(file);
    if (opening == Opening::AfterDamage && !opened.store->is_sound())
        throw SqliteError(sqlite_corrupt, "the check of the database failed");
    if (opening == Opening::First) {
        mend_ledger(*opened.store, logger);
        end_waits(*opened.store);
    }
    if (guard != nullptr) {
        opened.store->seen().load(*guard);
    } else {
        opened.store->seen().clear();
    }
    opened.store->journal().open(journal);
    opened.stock = opened.store->take_stock();
    return opened;
}

}  // namespace

OpenedStore open_store(const std::filesystem::path& file, Opening opening, DuplicateGuard* guard,
                       const JournalOptions& journal, const Clock& clock, Logger& logger) {
    try {
        return open_sound(file, opening, guard, journal, logger);
    } catch (const SqliteError& error) {
        if (!error.says_damaged()) throw;
        const auto aside = move_aside(file, clock());
        logger.error("the spool's file is damaged; it was moved aside and a new one begun",
                     {{"reason", error.what()}, {"moved_to", aside.string()}});
    }
    OpenedStore opened = open_sound(file, Opening::First, guard, journal, logger);
    opened.replaced = true;
    return opened;
}

}  // namespace pinrelay::spool
