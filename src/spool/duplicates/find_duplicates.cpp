#include "find_duplicates.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

namespace pinrelay::spool {

Duplicates find_duplicates(const std::vector<Arrival>& arrivals, const DuplicateGuard& guard) {
    Duplicates duplicates;
    boost::unordered_flat_map<EventKey, std::uint64_t, EventKeyHash> subjects(0, EventKeyHash(0));
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        const EventKey key = key_of(arrivals[i].record);
        const std::uint64_t subject = arrivals[i].subject;
        auto known = subjects.find(key);
        if (known == subjects.end()) {
            const auto remembered = guard.subject_of(key);
            known = subjects.emplace(key, remembered.value_or(subject)).first;
            if (!remembered) continue;
        }
        if (known->second == 0) known->second = subject;
        if (are_about_the_same(known->second, subject)) duplicates.push_back(i);
    }
    return duplicates;
}

}  // namespace pinrelay::spool
