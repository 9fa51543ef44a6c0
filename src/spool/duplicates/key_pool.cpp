#include "key_pool.hpp"

namespace pinrelay::spool {

void KeyPool::advance(std::int64_t step, std::int64_t first_step, std::size_t full) {
    step_ = step;
    while (!generations_.empty() && generations_.front().step < first_step) generations_.pop_front();
    begins_one_ = generations_.empty() || generations_.back().step != step || generations_.back().room() >= full;
    changes_before_ = generations_.empty() ? 0 : generations_.back().changes;
}

const PackedKnown* KeyPool::find(const EventKey& key) const noexcept {
    const auto generation = generation_of(key);
    return generation ? &generations_[*generation].keys.find(key)->second : nullptr;
}

// The newest first: most copies come soon.
std::optional<std::size_t> KeyPool::generation_of(const EventKey& key) const noexcept {
    for (std::size_t i = generations_.size(); i-- > 0;)
        if (generations_[i].keys.contains(key)) return i;
    return std::nullopt;
}

void KeyPool::apply(const Change& change, std::int64_t number) {
    auto generation = generation_of(change.key);
    const bool forgotten = change.kind == KeyChange::Forgotten;
    changes_.push_back(change);
    if (begins_one_) {
        generations_.push_back({step_, number, {}});
        began_one_ = true;
        begins_one_ = false;
    }
    ++generations_.back().changes;
    if (!generation && change.kind != KeyChange::Remembered) return;
    if (!generation) generation = generations_.size() - 1;
    const Keys& keys = generations_[*generation].keys;
    const auto before = keys.find(change.key);
    undo_.push_back({*generation, change.key, before == keys.end() ? std::nullopt : std::optional(before->second)});
    write(*generation, change.key, forgotten ? std::nullopt : std::optional(change.known));
}

void KeyPool::write(std::size_t generation, const EventKey& key, const std::optional<PackedKnown>& known) {
    Keys& keys = generations_[generation].keys;
    if (known) {
        keys.insert_or_assign(key, *known);
    } else {
        keys.erase(key);
    }
}

void KeyPool::keep(std::size_t most_keys) {
    changes_.clear();
    undo_.clear();
    began_one_ = false;
    for (std::size_t all = room(); all > most_keys && generations_.size() > 1; generations_.pop_front())
        all -= generations_.front().room();
    changes_before_ = generations_.empty() ? 0 : generations_.back().changes;
}

void KeyPool::undo() {
    for (auto each = undo_.rbegin(); each != undo_.rend(); ++each) write(each->generation, each->key, each->before);
    if (began_one_) {
        generations_.pop_back();
        begins_one_ = true;
    }
    if (!generations_.empty()) generations_.back().changes = changes_before_;
    changes_.clear();
    undo_.clear();
    began_one_ = false;
}

void KeyPool::clear() { *this = KeyPool(); }

std::size_t KeyPool::size() const noexcept {
    std::size_t size = 0;
    for (const Generation& generation : generations_) size += generation.keys.size();
    return size;
}

std::size_t KeyPool::room() const noexcept {
    std::size_t room = 0;
    for (const Generation& generation : generations_) room += generation.room();
    return room;
}

std::optional<std::int64_t> KeyPool::oldest_number() const noexcept {
    if (generations_.empty()) return std::nullopt;
    return generations_.front().first_number;
}

}  // namespace pinrelay::spool
