#include "reference_guard.hpp"

namespace pinrelay::spool {

void ReferenceGuard::advance(Time now) {
    if (options_.window.count() == 0) return;
    const std::int64_t step = now.time_since_epoch() / (Time::duration(options_.window) / steps_of_window);
    while (!generations_.empty() && generations_.front().step < step - steps_of_window) generations_.pop_front();
    if (generations_.empty() || generations_.back().step != step ||
        generations_.back().subjects.size() >= options_.max_keys / steps_of_window)
        generations_.push_back({step, {}});
}

DuplicateCheck ReferenceGuard::check_and_remember(const Arrival& arrival) {
    if (options_.window.count() == 0) return DuplicateCheck::FirstSeen;
    const Key key = key_of(arrival.record);
    for (Generation& generation : generations_) {
        const auto known = generation.subjects.find(key);
        if (known == generation.subjects.end()) continue;
        if (known->second == 0) known->second = arrival.subject;
        return arrival.subject == 0 || known->second == arrival.subject ? DuplicateCheck::Duplicate
                                                                        : DuplicateCheck::ReusedId;
    }
    generations_.back().subjects[key] = arrival.subject;
    return DuplicateCheck::FirstSeen;
}

void ReferenceGuard::forget(const model::Record& record) {
    for (Generation& generation : generations_) generation.subjects.erase(key_of(record));
}

void ReferenceGuard::keep() {
    std::size_t keys = 0;
    for (const Generation& generation : generations_) keys += generation.subjects.size();
    for (; keys > options_.max_keys && generations_.size() > 1; generations_.pop_front())
        keys -= generations_.front().subjects.size();
}

}  // namespace pinrelay::spool
