#include <algorithm>
#include <cstdio>

#include "cli/admin_port.hpp"
#include "commands.hpp"
#include "delivery_table.hpp"
#include "pinrelay/config/config.hpp"
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

// Those of the configuration first, also where they have no events yet; then others that the store has events of.
std::vector<std::string> accounts_of(const config::Config& config, const spool::Ledger& ledger) {
    std::vector<std::string> names;
    const auto add = [&names](const std::string& name) {
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    };
    for (const auto& account : config.accounts)
        if (!account.ad_account_id.empty()) add(destination_name(account.ad_account_id));
    for (const auto& [key, counts] : ledger.by_label) add(key.first);
    return names;
}

Table account_table(const std::vector<std::string>& accounts, const spool::Ledger& ledger, Time now) {
    Table table = {{"account", "stored", "replayed", "delivered", "dead", "pending", "oldest pending", "copies folded",
                    "sent after all", "ids reused", "id conflicts"}};
    for (const std::string& account : accounts) {
        const spool::Counts counts = ledger.total(account);
        const auto oldest = ledger.oldest_pending.find(account);
        table.push_back(
            {printable(account), std::to_string(counts.stored), std::to_string(counts.replayed),
             std::to_string(counts.delivered), std::to_string(counts.dead_lettered), std::to_string(counts.pending()),
             oldest == ledger.oldest_pending.end() ? "-" : age_text(oldest->second, now), std::to_string(counts.folded),
             std::to_string(counts.unfolded), std::to_string(counts.reused), std::to_string(counts.conflicts)});
    }
    return table;
}

// The running relay knows how delivery fares; the store does not.
std::string delivery_text(const SpoolOptions& options, const std::vector<std::string>& accounts,
                          const std::optional<std::string>& holder, Time now) {
    if (!holder) return "  not running: events wait until a relay is started\n";
    constexpr std::chrono::seconds patience{3};
    Options admin_options;
    admin_options.file = options.config_file;
    const auto reply = ask_admin_port(admin_options, "GET", "/accounts", patience);
    const auto answer = reply.status == 200 ? read_delivery_answer(reply.text) : std::nullopt;
    if (!answer)
        return "  not known: the relay's admin port does not answer at " + reply.address +
               (reply.status == 0 ? " (" + printable(reply.text) + ")" : "") + "\n";
    if (answer->process != *holder)
        return "  not known: at " + reply.address +
               " answers another relay than the one that works here; name its "
               "configuration with -c\n";
    return table_text(delivery_table(accounts, *answer, now));
}

Table dead_letter_table(const std::vector<spool::DeadLetterCount>& counts, Time now) {
    Table table = {{"account", "reason", "letters", "oldest", "newest", "meaning"}};
    for (const auto& each : counts)
        table.push_back({printable(each.destination), printable(each.reason), std::to_string(each.count),
                         age_text(each.oldest, now), age_text(each.newest, now),
                         std::string(spool::meaning_of(each.reason))});
    return table;
}

std::uint64_t removed(const spool::Ledger& ledger, const std::string& account, const char* why) {
    const auto found = ledger.removed_letters.find({account, why});
    return found == ledger.removed_letters.end() ? 0 : found->second;
}

// Of accounts that have dead letters, or had some.
Table letter_size_table(const std::vector<std::string>& accounts, const spool::Ledger& ledger) {
    Table table = {{"account", "in the store", "size", "removed for the quota", "removed for their age"}};
    for (const std::string& account : accounts) {
        const auto found = ledger.dead_letters.find(account);
        const auto size = found == ledger.dead_letters.end() ? spool::DeadLetterSize{} : found->second;
        const auto for_quota = removed(ledger, account, spool::removals::quota);
        const auto for_age = removed(ledger, account, spool::removals::age);
        if (size.letters + for_quota + for_age == 0) continue;
        table.push_back({printable(account), std::to_string(size.letters), size_text(size.bytes),
                         std::to_string(for_quota), std::to_string(for_age)});
    }
    return table;
}

std::string letter_limits_text(const config::Config& config, const spool::Ledger& ledger) {
    const auto keep = static_cast<std::uint64_t>(config.dead_letters_keep.count());
    return "  " + size_text(ledger.all_dead_letters().bytes) + " of at most " +
           size_text(config::dead_letter_quota(config)) + " (dead_letters.max_bytes), kept " +
           (keep == 0 ? "for as long as there is room" : "for " + config::print_duration(keep)) +
           " (dead_letters.keep)\n";
}

std::string letters_text(const config::Config& config, const std::vector<std::string>& accounts,
                         const spool::Ledger& ledger, const std::vector<spool::DeadLetterCount>& letters, Time now) {
    std::string text = letter_limits_text(config, ledger);
    if (const Table sizes = letter_size_table(accounts, ledger); sizes.size() > 1) text += table_text(sizes);
    return text + (letters.empty() ? "  none\n" : table_text(dead_letter_table(letters, now)));
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
    const auto config = config::load(options.config_file, config::process_environment()).config;
    const auto accounts = accounts_of(config, ledger);

    std::printf("%s: %s, of which %s in use, and a WAL of %s\n", file.c_str(), size_text(size_of(file)).c_str(),
                size_text(ledger.bytes).c_str(), size_text(size_of(file.string() + "-wal")).c_str());
    std::printf("%s\n", holder ? ("process " + *holder + " works here").c_str() : "no relay works here");
    std::printf("\nevents since the file was made\n%s", table_text(account_table(accounts, ledger, now)).c_str());
    std::printf("\ndelivery\n%s", delivery_text(options, accounts, holder, now).c_str());
    std::printf("\ndead letters\n%s", letters_text(config, accounts, ledger, letters, now).c_str());
    return 0;
}

}  // namespace pinrelay::cli
