#include "usage.hpp"

namespace pinrelay::spool {
namespace {

constexpr std::uint64_t kept_part = 2;  // half of a bound

}  // namespace

Load& Load::operator+=(const Load& more) {
    records += more.records;
    bytes += more.bytes;
    return *this;
}

Usage& Usage::operator+=(const Usage& other) {
    total += other.total;
    for (const auto& [destination, load] : other.by_destination) by_destination[destination] += load;
    return *this;
}

Usage usage_of(const Command& command) {
    Usage usage;
    const auto* append = std::get_if<AppendCommand>(&command);
    if (append == nullptr) return usage;
    for (const Arrival& arrival : append->arrivals) {
        const Record& record = arrival.record;
        const Load load{1, bytes_of(record)};
        usage.total += load;
        usage.by_destination[record.destination] += load;
    }
    return usage;
}

bool FairShare::is_first_come(std::uint64_t total, std::uint64_t bound) const noexcept {
    return destinations_.size() < 2 || total <= bound - bound / kept_part;
}

bool FairShare::allows(const std::string& destination, const Usage& used, Amount amount, std::uint64_t bound) const {
    if (is_first_come(used.total.*amount, bound)) return true;
    const std::uint64_t part = bound / kept_part / destinations_.size();
    std::uint64_t kept = 0;
    for (const std::string& other : destinations_) {
        if (other == destination) continue;
        const auto load = used.by_destination.find(other);
        const std::uint64_t has = load == used.by_destination.end() ? 0 : load->second.*amount;
        kept += has < part ? part - has : 0;
    }
    return used.total.*amount <= bound - kept;
}

}  // namespace pinrelay::spool
