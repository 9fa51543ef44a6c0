#include "pinrelay/spool/spool_file.hpp"

#include <algorithm>
#include <utility>

#include "dead_letter_pages.hpp"
#include "tool_store.hpp"

namespace pinrelay::spool {
namespace {

struct Moved {
    DeadLetter letter;
    Record record;
};

std::uint64_t move(ToolStore& store, const std::vector<Moved>& chosen) {
    std::uint64_t moved = 0;
    store.transactions().run([&] {
        LedgerChange change;
        for (const auto& [letter, record] : chosen) {
            if (!store.dead_letters().remove(letter.number)) continue;  // another tool was faster
            store.records().insert(letter.stored.id, record, letter.stored.accepted, {letter.stored.attempts, false});
            ++change.by_label[{record.destination, record.event_label}].replayed;
            ++moved;
        }
        store.counts().add(change);
    });
    return moved;
}

std::uint64_t remove(ToolStore& store, const std::vector<DeadLetter>& letters) {
    std::uint64_t removed = 0;
    store.transactions().run([&] {
        for (const DeadLetter& letter : letters) removed += store.dead_letters().remove(letter.number) ? 1 : 0;
    });
    return removed;
}

}  // namespace

class SpoolFile::Parts {
public:
    Parts(const std::filesystem::path& directory, Access access)
        : file(directory / "spool.sqlite"), store(naming(file, [&] {
              return std::make_unique<ToolStore>(
                  file, access == Access::Read ? Connection::Access::ReadOnly : Connection::Access::ReadWrite);
          })) {}

    const std::filesystem::path file;
    const std::unique_ptr<ToolStore> store;
};

SpoolFile::SpoolFile(const std::filesystem::path& directory, Access access)
    : parts_(std::make_unique<Parts>(directory, access)) {}

SpoolFile::~SpoolFile() = default;

Ledger SpoolFile::ledger() {
    return naming(parts_->file, [&store = *parts_->store] {
        store.connection().run("BEGIN");
        Ledger ledger = store.counts().read();
        ledger.bytes = store.bytes();
        store.connection().run("COMMIT");
        return ledger;
    });
}

std::vector<DeadLetterCount> SpoolFile::dead_letter_counts() {
    return naming(parts_->file, [&store = *parts_->store] {
        std::vector<DeadLetterCount> counts;
        Statement count(store.connection(),
                        "SELECT destination, reason, count(*), min(died), max(died) FROM dead_letter "
                        "GROUP BY destination, reason ORDER BY destination, reason");
        for (Rows rows = count.query(); rows.next();)
            counts.push_back(
                {rows.text(0), rows.text(1), static_cast<std::uint64_t>(rows.number(2)), rows.time(3), rows.time(4)});
        return counts;
    });
}

std::uint64_t SpoolFile::count(const Selection& selection) {
    return naming(parts_->file,
                  [&] { return DeadLetterPages(parts_->store->connection(), selection, Order::OldestFirst).count(); });
}

void SpoolFile::visit(const Selection& selection, Order order, std::size_t limit, const Visit& visit) {
    naming(parts_->file, [&] {
        DeadLetterPages pages(parts_->store->connection(), selection, order);
        while (limit > 0) {
            const auto letters = pages.next(std::min(limit, rows_at_once));
            if (letters.empty()) return;
            for (const DeadLetter& letter : letters) visit(letter);
            limit -= letters.size();
        }
    });
}

std::uint64_t SpoolFile::replay(const Selection& selection, const Rewrite& rewrite) {
    return naming(parts_->file, [&] {
        std::uint64_t moved = 0;
        DeadLetterPages pages(parts_->store->connection(), selection, Order::OldestFirst);
        for (auto letters = pages.next(rows_at_once); !letters.empty(); letters = pages.next(rows_at_once)) {
            std::vector<Moved> chosen;
            for (DeadLetter& letter : letters)
                if (auto record = rewrite(letter)) chosen.push_back({std::move(letter), std::move(*record)});
            if (!chosen.empty()) moved += move(*parts_->store, chosen);
        }
        return moved;
    });
}

std::uint64_t SpoolFile::purge(const Selection& selection) {
    return naming(parts_->file, [&] {
        std::uint64_t purged = 0;
        DeadLetterPages pages(parts_->store->connection(), selection, Order::OldestFirst);
        for (auto letters = pages.next(rows_at_once); !letters.empty(); letters = pages.next(rows_at_once))
            purged += remove(*parts_->store, letters);
        return purged;
    });
}

}  // namespace pinrelay::spool
