#include "find_duplicates.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <vector>

namespace pinrelay::spool {
namespace {

// As if the arrivals before it had been appended.
struct Foreseen {
    Known known;
    Place place = Place::Waits;
    std::vector<std::uint32_t> versions;  // by print
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
        const std::uint32_t print = hash.print_of(said);
        auto found = foreseen.find(key);
        if (found == foreseen.end()) {
            const auto known = guard.find(key);
            if (known && guard.repeats(key, *known, print)) {
                duplicates.push_back(i);
                continue;
            }
            if (!known || known->record == 0) {
                foreseen.emplace(key, Foreseen{{said, 0, known ? known->other : 0}, Place::Waits, {}});
                continue;
            }
            found = foreseen.emplace(key, Foreseen{*known, place_of(known->record, record), {}}).first;
        }
        auto& [known, place, versions] = found->second;
        if (guard.repeats(key, known, print) || std::ranges::find(versions, print) != versions.end()) {
            duplicates.push_back(i);
            continue;
        }
        const Decision decision = decide(said, known.said, place);
        if (decision.folds()) duplicates.push_back(i);
        const auto after = known_after(decision, known, hash.print_of(known.said), said, print, known.record);
        known = after.known;
        if (after.version) versions.push_back(after.version->print);
        if (decision.remembered) place = Place::Waits;
    }
    return duplicates;
}

}  // namespace pinrelay::spool
