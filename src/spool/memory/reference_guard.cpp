#include "reference_guard.hpp"

#include <algorithm>

namespace pinrelay::spool {

void ReferenceGuard::advance(Time now) {
    if (!is_on()) return;
    step_ = now.time_since_epoch() / (Time::duration(options_.window) / steps_of_window);
    for (Pool& pool : pools_) {
        auto& generations = pool.generations;
        while (!generations.empty() && generations.front().step < step_ - steps_of_window) generations.pop_front();
        pool.begins_one = generations.empty() || generations.back().step != step_ ||
                          generations.back().keys.size() >= options_.max_keys / generations_of_most_keys;
    }
}

std::optional<ReferenceGuard::Known> ReferenceGuard::find(const model::Record& record) const {
    for (const Pool& pool : pools_)
        for (const Generation& generation : pool.generations)
            if (const auto known = generation.keys.find(key_of(record)); known != generation.keys.end())
                return known->second;
    return std::nullopt;
}

void ReferenceGuard::remember(const model::Record& record, const Known& known) {
    const Key key = key_of(record);
    Pool& own = pools_[pool_of(known.said.trust)];
    if (Generation* generation = own.generation_of(key)) {
        generation->keys[key] = known;
        return;
    }
    forget(record);
    if (own.begins_one) own.generations.push_back({step_, {}});
    own.begins_one = false;
    own.generations.back().keys[key] = known;
}

void ReferenceGuard::forget(const model::Record& record) {
    for (Pool& pool : pools_)
        for (Generation& generation : pool.generations) generation.keys.erase(key_of(record));
}

void ReferenceGuard::keep() {
    std::size_t above = 0;
    for (std::size_t i = pools; i-- > 0;) {
        Pool& pool = pools_[i];
        const std::size_t most = most_keys_from(i, options_.max_keys);
        while (pool.size() + above > most && pool.generations.size() > 1) pool.generations.pop_front();
        above += pool.size();
    }
}

std::size_t ReferenceGuard::Pool::size() const {
    std::size_t size = 0;
    for (const Generation& generation : generations) size += generation.keys.size();
    return size;
}

ReferenceGuard::Generation* ReferenceGuard::Pool::generation_of(const Key& key) {
    const auto found = std::ranges::find_if(generations, [&](const auto& each) { return each.keys.contains(key); });
    return found == generations.end() ? nullptr : &*found;
}

}  // namespace pinrelay::spool
