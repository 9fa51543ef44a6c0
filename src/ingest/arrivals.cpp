#include "arrivals.hpp"

#include <utility>

namespace pinrelay::ingest {
namespace {

spool::Arrival arrival(model::Record record, const Outcome& outcome) {
    return {std::move(record), outcome.subject, outcome.trust, outcome.essence, outcome.order_id};
}

}  // namespace

std::vector<spool::Arrival> arrivals_of(const std::vector<Outcome>& outcomes) {
    std::vector<spool::Arrival> arrivals;
    arrivals.reserve(outcomes.size());
    for (const Outcome& outcome : outcomes)
        if (const auto* record = std::get_if<model::Record>(&outcome.result))
            arrivals.push_back(arrival(*record, outcome));
    return arrivals;
}

std::vector<spool::Arrival> take_arrivals(std::vector<Outcome>& outcomes) {
    std::vector<spool::Arrival> arrivals;
    arrivals.reserve(outcomes.size());
    for (Outcome& outcome : outcomes)
        if (auto* record = std::get_if<model::Record>(&outcome.result))
            arrivals.push_back(arrival(std::move(*record), outcome));
    return arrivals;
}

void mark(std::vector<Outcome>& outcomes, const spool::Duplicates& duplicates) {
    auto next = duplicates.begin();
    std::size_t position = 0;
    for (Outcome& outcome : outcomes) {
        if (next == duplicates.end()) return;
        if (!std::holds_alternative<model::Record>(outcome.result)) continue;
        outcome.duplicate = position++ == *next;
        if (outcome.duplicate) ++next;
    }
}

StoredBytes stored_bytes(const std::vector<Outcome>& outcomes) {
    StoredBytes bytes;
    for (const Outcome& outcome : outcomes) {
        const auto* record = std::get_if<model::Record>(&outcome.result);
        if (record == nullptr) continue;
        const std::uint64_t of_record = spool::bytes_of(*record);
        bytes.all += of_record;
        if (outcome.trust < model::Trust::Network) bytes.of_strangers += of_record;
    }
    return bytes;
}

}  // namespace pinrelay::ingest
