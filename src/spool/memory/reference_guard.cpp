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
                          generations.back().room() >= options_.max_keys / generations_of_most_keys;
    }
}

ReferenceGuard::Key ReferenceGuard::key_of(const model::Record& record, const Print& version) {
    std::optional<Parts> parts;
    if (version)
        parts.emplace(version->subject, version->trust, version->essence.value, version->essence.identifiers,
                      version->deduplicated);
    return {record.destination, record.event_name, record.event_id, parts};
}

std::optional<ReferenceGuard::Known> ReferenceGuard::find(const model::Record& record) const {
    return find(key_of(record));
}

std::optional<ReferenceGuard::Known> ReferenceGuard::find(const Key& key) const {
    for (const Pool& pool : pools_)
        for (const Generation& generation : pool.generations)
            if (const auto known = generation.keys.find(key); known != generation.keys.end()) return known->second;
    return std::nullopt;
}

bool ReferenceGuard::repeats(const model::Record& record, const Known& known, const Said& said) const {
    return known.other && (known.other == said || find(key_of(record, said)));
}

void ReferenceGuard::remember(const model::Record& record, const Known& known) { remember(key_of(record), known); }

void ReferenceGuard::remember_version(const model::Record& record, const Version<Print>& version) {
    Known known;
    known.said.trust = version.trust;
    remember(key_of(record, version.print), known);
}

void ReferenceGuard::remember(const Key& key, const Known& known) {
    Pool& own = pools_[pool_of(known.said.trust)];
    if (Generation* generation = own.generation_of(key)) {
        generation->keys[key] = known;
        return own.note_change(step_);
    }
    forget(key);
    own.note_change(step_);
    own.generations.back().keys[key] = known;
}

void ReferenceGuard::forget(const model::Record& record) { forget(key_of(record)); }

void ReferenceGuard::forget_version(const model::Record& record, const Said& said) { forget(key_of(record, said)); }

void ReferenceGuard::forget(const Key& key) {
    for (Pool& pool : pools_) pool.forget(key, step_);
}

void ReferenceGuard::keep() {
    std::size_t above = 0;
    for (std::size_t i = pools; i-- > 0;) {
        Pool& pool = pools_[i];
        const std::size_t most = most_keys_from(i, options_.max_keys);
        while (pool.room() + above > most && pool.generations.size() > 1) pool.generations.pop_front();
        above += pool.room();
    }
}

std::size_t ReferenceGuard::Pool::room() const {
    std::size_t room = 0;
    for (const Generation& generation : generations) room += generation.room();
    return room;
}

void ReferenceGuard::Pool::note_change(std::int64_t step) {
    if (begins_one) generations.push_back({step, {}});
    begins_one = false;
    ++generations.back().changes;
}

void ReferenceGuard::Pool::forget(const Key& key, std::int64_t step) {
    Generation* generation = generation_of(key);
    if (generation == nullptr) return;
    generation->keys.erase(key);
    note_change(step);
}

ReferenceGuard::Generation* ReferenceGuard::Pool::generation_of(const Key& key) {
    const auto found = std::ranges::find_if(generations, [&](const auto& each) { return each.keys.contains(key); });
    return found == generations.end() ? nullptr : &*found;
}

}  // namespace pinrelay::spool
