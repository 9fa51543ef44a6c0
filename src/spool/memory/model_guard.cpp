#include "model_guard.hpp"

namespace pinrelay::spool {

void ModelGuard::advance(Time now) {
    if (options_.window.count() == 0) return;
    const std::int64_t step = now.time_since_epoch() / (Time::duration(options_.window) / steps_of_window);
    while (!generations_.empty() && generations_.front().step < step - steps_of_window) generations_.pop_front();
    if (generations_.empty() || generations_.back().step != step ||
        generations_.back().subjects.size() >= options_.max_keys / steps_of_window)
        generations_.push_back({step, {}});
}

Meeting ModelGuard::meet(const Arrival& arrival) {
    if (options_.window.count() == 0) return Meeting::First;
    const Key key = key_of(arrival.record);
    for (Generation& generation : generations_) {
        const auto known = generation.subjects.find(key);
        if (known == generation.subjects.end()) continue;
        if (known->second == 0) known->second = arrival.subject;
        return arrival.subject == 0 || known->second == arrival.subject ? Meeting::Copy : Meeting::Reused;
    }
    generations_.back().subjects[key] = arrival.subject;
    return Meeting::First;
}

void ModelGuard::forget(const model::Record& record) {
    for (Generation& generation : generations_) generation.subjects.erase(key_of(record));
}

void ModelGuard::keep() {
    std::size_t keys = 0;
    for (const Generation& generation : generations_) keys += generation.subjects.size();
    for (; keys > options_.max_keys && generations_.size() > 1; generations_.pop_front())
        keys -= generations_.front().subjects.size();
}

}  // namespace pinrelay::spool
