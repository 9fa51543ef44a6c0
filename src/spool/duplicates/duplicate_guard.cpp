#include "duplicate_guard.hpp"

#include <algorithm>

namespace pinrelay::spool {

std::size_t pool_of(model::Trust trust) noexcept {
    if (trust == model::Trust::Anonymous) return 0;
    return trust == model::Trust::Browser ? 1 : 2;
}

std::size_t most_keys_from(std::size_t pool, std::size_t max_keys) noexcept {
    return max_keys - pool * (max_keys / generations_of_most_keys);
}

DuplicateGuard::DuplicateGuard(const DuplicateOptions& options, const KeyedHash::Secret& secret)
    : hash_(secret),
      step_length_(std::max(Time::duration(options.window) / steps_of_window, Time::duration(1))),
      max_keys_(options.max_keys) {}

void DuplicateGuard::advance(Time now) {
    now_ = now;
    step_began_ = std::min(step_began_, now);
    const std::int64_t steps = (now - step_began_) / step_length_;
    step_ += steps;
    step_began_ += steps * step_length_;
    for (KeyPool& pool : pools_)
        pool.advance(step_, step_ - steps_of_window, std::max<std::size_t>(max_keys_ / generations_of_most_keys, 1));
}

std::optional<Known> DuplicateGuard::find(const EventKey& key) const {
    for (const KeyPool& pool : pools_)
        if (const PackedKnown* known = pool.find(key)) return unpacked(*known);
    return std::nullopt;
}

bool DuplicateGuard::repeats(const EventKey& key, const Known& known, std::uint32_t print) const {
    if (known.other == 0) return false;
    return known.other == print || find(key_of_version(key, print)).has_value();
}

void DuplicateGuard::remember(const EventKey& key, const Known& known) {
    const std::size_t own = pool_of(known.said.trust);
    for (std::size_t pool = 0; pool < pools; ++pool) {
        if (pools_[pool].find(key) == nullptr) continue;
        if (pool == own) return apply(pool, {KeyChange::Changed, key, packed(known)});
        apply(pool, {KeyChange::Forgotten, key, {}});
    }
    remember_new(key, known);
}

void DuplicateGuard::remember_new(const EventKey& key, const Known& known) {
    apply(pool_of(known.said.trust), {KeyChange::Remembered, key, packed(known)});
}

void DuplicateGuard::forget(const EventKey& key) {
    for (std::size_t pool = 0; pool < pools; ++pool)
        if (pools_[pool].find(key) != nullptr) apply(pool, {KeyChange::Forgotten, key, {}});
}

void DuplicateGuard::remember_version(const EventKey& key, const Version<std::uint32_t>& version) {
    Known known;
    known.said.trust = version.trust;
    remember(key_of_version(key, version.print), known);
}

void DuplicateGuard::forget_version(const EventKey& key, std::uint32_t print) { forget(key_of_version(key, print)); }

void DuplicateGuard::apply(std::size_t pool, const KeyPool::Change& change) {
    pools_[pool].apply(change, last_number_ + 1);
}

bool DuplicateGuard::has_changed() const noexcept {
    return std::ranges::any_of(pools_, [](const KeyPool& pool) { return !pool.changes().empty(); });
}

void DuplicateGuard::keep() {
    if (has_changed()) ++last_number_;
    std::size_t above = 0;
    for (std::size_t pool = pools; pool-- > 0;) {
        const std::size_t most = most_keys_from(pool, max_keys_);
        pools_[pool].keep(most - std::min(most, above));
        above += pools_[pool].room();
    }
}

void DuplicateGuard::undo() {
    for (KeyPool& pool : pools_) pool.undo();
}

std::int64_t DuplicateGuard::oldest_number(std::size_t pool) const noexcept {
    return pools_[pool].oldest_number().value_or(last_number_ + 1);
}

std::size_t DuplicateGuard::size() const noexcept {
    std::size_t size = 0;
    for (const KeyPool& pool : pools_) size += pool.size();
    return size;
}

void DuplicateGuard::restore(std::int64_t number, Time now, const ChangesByPool& changes) {
    last_number_ = number - 1;
    advance(now);
    for (std::size_t pool = 0; pool < pools; ++pool)
        for (const KeyPool::Change& change : changes[pool]) pools_[pool].apply(change, number);
    keep();
    last_number_ = number;  // also where there was no change in it
}

void DuplicateGuard::clear() {
    for (KeyPool& pool : pools_) pool.clear();
    last_number_ = 0;
    now_ = step_began_ = {};
    step_ = 0;
}

}  // namespace pinrelay::spool
