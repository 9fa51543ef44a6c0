#include "pinrelay/spool/salvage.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

#include "damaged_file.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"
#include "spool/directory.hpp"
#include "spool/sqlite/guard/copy_table.hpp"
#include "spool/sqlite/guard/rival_table.hpp"
#include "spool/tools/tool_store.hpp"

namespace pinrelay::spool {
namespace {

constexpr const char* maybe_delivered_message =
    "from a damaged file, which does not tell whether the event had been delivered";

struct FormerRun {
    std::uint64_t rows = 0;
    bool finished = false;
};

FormerRun former_run_of(Connection& connection, const std::string& checksum) {
    Statement progress(connection, "SELECT rows, finished FROM salvaged WHERE file = ?");
    Rows rows = progress.query(checksum);
    if (!rows.next()) return {};
    return {static_cast<std::uint64_t>(rows.number(0)), rows.number(1) != 0};
}

// One run: takes what the file has, in its order, and appends it some hundreds of rows at a time.
class Run {
public:
    Run(ToolStore& store, const DamagedFile& file, const SalvageOptions& options, Time now)
        : store_(store),
          options_(options),
          now_(now),
          checksum_(file.checksum()),
          copies_(store.connection()),
          rivals_(store.connection()),
          keep_progress_(store.connection(), "INSERT OR REPLACE INTO salvaged (file, rows, finished) VALUES (?, ?, ?)"),
          before_(former_run_of(store.connection(), checksum_)) {
        result_.before = before_.rows;
        result_.finished_before = before_.finished;
    }

    const Salvaged& so_far() const { return result_; }

    void take(Found found) {
        ++seen_;
        const bool new_one = seen_ > before_.rows;
        if (!is_sound(found)) {
            ++result_.unreadable_rows;
            result_.left_copies += has_copy(found) ? 1 : 0;
        } else {
            found_records_ += std::holds_alternative<FoundRecord>(found) ? 1 : 0;
            leave_hopeless_copy(found);
            if (new_one) add(std::move(found));
        }
        if (waiting_.size() == rows_at_once || waiting_bytes_ >= bytes_at_once) commit(false);
    }

    Salvaged end(const DamagedFile::Loss& loss) {
        commit(true);
        result_.unreadable_rows += loss.rows;
        result_.unreadable_pages = loss.pages;
        result_.left_copies += loss.copies;
        if (loss.pending) result_.missing = *loss.pending > found_records_ ? *loss.pending - found_records_ : 0;
        return result_;
    }

private:
    static const Record& record_in(const Found& found) {
        const auto* record = std::get_if<FoundRecord>(&found);
        return record != nullptr ? record->stored.record : std::get<DeadLetter>(found).stored.record;
    }

    bool is_sound(const Found& found) const { return options_.is_sound(record_in(found)); }

    static bool has_copy(const Found& found) {
        const auto* record = std::get_if<FoundRecord>(&found);
        return record != nullptr && record->copy;
    }

    // One that may not be sent, or that would never be, since its record is not going to be pending.
    void leave_hopeless_copy(Found& found) {
        if (!has_copy(found)) return;
        auto& record = std::get<FoundRecord>(found);
        if (options_.is_sound(record.copy->record) && !is_doubtful(record)) return;
        record.copy.reset();
        ++result_.left_copies;
    }

    void add(Found found) {
        waiting_bytes_ += record_in(found).body.size();
        if (has_copy(found)) waiting_bytes_ += std::get<FoundRecord>(found).copy->record.body.size();
        waiting_.push_back(std::move(found));
    }

    void commit(bool finished) {
        Salvaged added = result_;
        store_.transactions().run([&] {
            added = result_;
            RecordTable::Last last = store_.records().last();
            LedgerChange change;
            for (const Found& found : waiting_) append(found, last, change, added);
            store_.counts().add(change);
            keep_progress_.run(checksum_, static_cast<std::int64_t>(seen_), static_cast<int>(finished));
        });
        result_ = added;
        waiting_.clear();
        waiting_bytes_ = 0;
    }

    void append(const Found& found, RecordTable::Last& last, LedgerChange& change, Salvaged& added) {
        const auto* record = std::get_if<FoundRecord>(&found);
        if (record == nullptr) return bury(std::get<DeadLetter>(found), last, change, added);
        if (is_doubtful(*record)) {
            ++added.maybe_delivered;
            return bury({0, record->stored, std::string(reasons::maybe_delivered.label), maybe_delivered_message, now_},
                        last, change, added);
        }
        const StoredRecord& stored = record->stored;
        store_.records().insert(++last.id, stored.record, stored.accepted, {stored.attempts, stored.interrupted});
        ++change.by_label[{stored.record.destination, stored.record.event_label}].stored;
        ++added.records;
        if (record->rival) rivals_.put(last.id, {0, *record->rival});
        if (!record->copy) return;
        copies_.put(last.id, *record->copy);
        ++change.by_label[{stored.record.destination, record->copy->record.event_label}].folded;
        ++added.copies;
    }

    bool is_doubtful(const FoundRecord& found) const {
        if (found.certain) return false;
        return !found.stored.record.deduplicated || found.stored.record.event_time < now_ - options_.folded_for;
    }

    void bury(DeadLetter letter, RecordTable::Last& last, LedgerChange& change, Salvaged& added) {
        letter.number = ++last.number;
        letter.stored.id = ++last.id;
        const Record& record = letter.stored.record;
        Counts& counts = change.by_label[{record.destination, record.event_label}];
        ++counts.stored;
        ++counts.dead_lettered;
        ++change.dead_by_reason[{record.destination, letter.reason}];
        store_.dead_letters().insert(letter);
        ++added.dead_letters;
    }

    ToolStore& store_;
    const SalvageOptions& options_;
    const Time now_;
    const std::string checksum_;
    CopyTable copies_;
    RivalTable rivals_;
    Statement keep_progress_;
    const FormerRun before_;
    Salvaged result_;
    std::uint64_t seen_ = 0;
    std::uint64_t found_records_ = 0;
    std::vector<Found> waiting_;
    std::size_t waiting_bytes_ = 0;
};

void refuse_own_file(const std::filesystem::path& file, const std::filesystem::path& own) {
    std::error_code failed;
    if (std::filesystem::equivalent(file, own, failed))
        throw std::runtime_error(own.string() + " is the store itself: nothing is to be salvaged from it");
}

}  // namespace

Salvaged salvage(const std::filesystem::path& directory, const std::filesystem::path& file,
                 const SalvageOptions& options, Time now) {
    const auto own = directory / "spool.sqlite";
    refuse_own_file(file, own);
    DamagedFile damaged(file);
    return naming(own, [&] {
        ToolStore store(own, Connection::Access::ReadWrite);
        const DirectoryLock alone(directory, DirectoryLock::Work::Salvage);
        Run run(store, damaged, options, now);
        if (run.so_far().finished_before) return run.so_far();
        damaged.read([&](Found found) {
            options.progress(damaged.pages_read(), damaged.pages());
            run.take(std::move(found));
        });
        return run.end(damaged.loss());
    });
}

bool is_salvaged(const std::filesystem::path& directory, const std::filesystem::path& file) {
    const auto own = directory / "spool.sqlite";
    return naming(own, [&] {
        ToolStore store(own, Connection::Access::ReadOnly);
        return former_run_of(store.connection(), PageFile(file).checksum()).finished;
    });
}

}  // namespace pinrelay::spool
