#include <cstdio>

#include "commands.hpp"
#include "pinrelay/config/units.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"
#include "text.hpp"

namespace pinrelay::cli {
namespace {

namespace fs = std::filesystem;
using Table = std::vector<std::vector<std::string>>;

std::uint64_t size_of(const fs::path& file) {
    std::error_code absent;
    const auto size = fs::file_size(file, absent);
    return absent ? 0 : size;
}

std::string size_text(std::uint64_t bytes) {
    constexpr std::uint64_t mebibyte = 1024 * 1024;
    return bytes < mebibyte ? std::to_string((bytes + 1023) / 1024) + " KiB"
                            : std::to_string((bytes + mebibyte / 2) / mebibyte) + " MiB";
}

Table account_table(const spool::Ledger& ledger, Time now) {
    Table table = {{"account", "stored", "replayed", "delivered", "dead", "pending", "oldest pending", "copies folded",
                    "ids reused"}};
    for (auto row = ledger.by_label.begin(); row != ledger.by_label.end();) {
        const std::string& destination = row->first.first;
        const spool::Counts counts = ledger.total(destination);
        const auto oldest = ledger.oldest_pending.find(destination);
        table.push_back({printable(destination), std::to_string(counts.stored), std::to_string(counts.replayed),
                         std::to_string(counts.delivered), std::to_string(counts.dead_lettered),
                         std::to_string(counts.pending()),
                         oldest == ledger.oldest_pending.end() ? "-" : age_text(oldest->second, now),
                         std::to_string(counts.folded), std::to_string(counts.reused)});
        while (row != ledger.by_label.end() && row->first.first == destination) ++row;
    }
    return table;
}

Table dead_letter_table(const std::vector<spool::DeadLetterCount>& counts, Time now) {
    Table table = {{"account", "reason", "letters", "oldest", "newest", "meaning"}};
    for (const auto& each : counts)
        table.push_back({printable(each.destination), printable(each.reason), std::to_string(each.count),
                         age_text(each.oldest, now), age_text(each.newest, now),
                         std::string(spool::meaning_of(each.reason))});
    return table;
}

}  // namespace

int spool_stats(const SpoolOptions& options) {
    const fs::path directory = spool_directory(options);
    const fs::path file = directory / "spool.sqlite";
    const Time now = system_now();
    spool::SpoolFile store(directory, spool::SpoolFile::Access::Read);
    const spool::Ledger ledger = store.ledger();
    const auto letters = store.dead_letter_counts();
    const auto holder = spool::holder_of(directory);

    std::printf("%s: %s, of which %s in use, and a WAL of %s\n", file.c_str(), size_text(size_of(file)).c_str(),
                size_text(ledger.bytes).c_str(), size_text(size_of(file.string() + "-wal")).c_str());
    std::printf("%s\n", holder ? ("process " + *holder + " works here").c_str() : "no relay works here");
    std::printf("\nevents since the file was made\n%s", table_text(account_table(ledger, now)).c_str());
    std::printf("\ndead letters\n%s",
                letters.empty() ? "  none\n" : table_text(dead_letter_table(letters, now)).c_str());
    return 0;
}

}  // namespace pinrelay::cli
