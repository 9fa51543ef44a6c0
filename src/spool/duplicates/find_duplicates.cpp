#include "find_duplicates.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

namespace pinrelay::spool {
namespace {

// As if the arrivals before it had been appended.
struct Foreseen {
    Known known;
    Place place = Place::Waits;
};

}  // namespace

Duplicates find_duplicates(const std::vector<Arrival>& arrivals, DuplicateGuard& guard, const FindPlace& place_of) {
    Duplicates duplicates;
    boost::unordered_flat_map<EventKey, Foreseen, EventKeyHash> foreseen;
    KeyedHash& hash = guard.hash();
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        const Record& record = arrivals[i].record;
        const EventKey key = hash.key_of(record);
        const Said said = hash.shortened(said_in(arrivals[i]));
        auto found = foreseen.find(key);
        if (found == foreseen.end()) {
            const auto known = guard.find(key);
            if (!known) {
                foreseen.emplace(key, Foreseen{{said, 0, 0}, Place::Waits});
                continue;
            }
            found = foreseen.emplace(key, Foreseen{*known, place_of(known->record, record)}).first;
        }
        auto& [known, place] = found->second;
        const std::uint32_t print = hash.print_of(said);
        const Decision decision = decide(said, known.said, place);
        const bool repeated = repeats_the_last(known, print);
        if (repeated || decision.folds()) duplicates.push_back(i);
        if (repeated) continue;
        known = known_after(decision, known, hash.print_of(known.said), said, print, known.record);
        if (decision.remembered) place = Place::Waits;
    }
    return duplicates;
}

}  // namespace pinrelay::spool
