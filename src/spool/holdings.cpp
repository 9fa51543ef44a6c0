#include "holdings.hpp"

#include <algorithm>

namespace pinrelay::spool {
namespace {

// Of a destination that has appended nothing yet. Only compared with others' sizes.
constexpr double assumed_size = 1024;

}  // namespace

void Holdings::apply(const LedgerChange& change) {
    for (const auto& [label, counts] : change.by_label) {
        Load& appended = appended_[label.first];
        appended.records += counts.stored;
    }
    for (const auto& [destination, added] : change.appended) appended_[destination].bytes += added.bytes;
}

double Holdings::usual_size(const std::string& destination) const {
    const auto appended = appended_.find(destination);
    if (appended == appended_.end() || appended->second.records == 0) return assumed_size;
    return static_cast<double>(appended->second.bytes) / static_cast<double>(appended->second.records);
}

Usage Holdings::usage(const Ledger& ledger, std::uint64_t dead_letter_bytes) const {
    const std::uint64_t dead = std::min(ledger.all_dead_letters().bytes, ledger.bytes);
    const std::uint64_t live = ledger.bytes - dead;
    Usage usage;
    usage.total = {0, live + std::min(dead, dead_letter_bytes)};
    for (const auto& [label, counts] : ledger.by_label) {
        usage.total.records += counts.pending();
        usage.by_destination[label.first].records += counts.pending();
    }
    std::map<std::string, double> weights;
    double all = 0;
    for (const auto& [destination, load] : usage.by_destination)
        all += weights[destination] = static_cast<double>(load.records) * usual_size(destination);
    if (all == 0) return usage;
    for (auto& [destination, load] : usage.by_destination)
        load.bytes = static_cast<std::uint64_t>(static_cast<double>(live) * weights[destination] / all);
    return usage;
}

}  // namespace pinrelay::spool
