#include "duplicate_guard.hpp"

#include <algorithm>

namespace pinrelay::spool {

DuplicateGuard::DuplicateGuard(const DuplicateOptions& options, std::uint64_t seed)
    : step_length_(std::max(Time::duration(options.window) / steps_of_window, Time::duration(1))),
      max_keys_(options.max_keys),
      seed_(seed) {}

void DuplicateGuard::advance(Time now) {
    now_ = now;
    step_began_ = std::min(step_began_, now);
    const std::int64_t steps = (now - step_began_) / step_length_;
    step_ += steps;
    step_began_ += steps * step_length_;
    while (!generations_.empty() && generations_.front().step < step_ - steps_of_window) generations_.pop_front();
    const bool open = !generations_.empty() && generations_.back().step == step_ &&
                      generations_.back().keys.size() < max_keys_ / steps_of_window;
    if (!open) generations_.push_back({step_, last_number_ + 1, Subjects(0, EventKeyHash(seed_))});
}

DuplicateCheck DuplicateGuard::check_and_remember(EventKey key, std::uint64_t subject) {
    const auto generation = generation_of(key);
    if (!generation) {
        apply({Change::Kind::Remembered, key, subject});
        return DuplicateCheck::FirstSeen;
    }
    const std::uint64_t known = generations_[*generation].keys.find(key)->second;
    if (known == 0 && subject != 0) apply({Change::Kind::Identified, key, subject});
    return are_about_the_same(known, subject) ? DuplicateCheck::Duplicate : DuplicateCheck::ReusedId;
}

std::optional<std::uint64_t> DuplicateGuard::subject_of(EventKey key) const {
    const auto generation = generation_of(key);
    if (!generation) return std::nullopt;
    return generations_[*generation].keys.find(key)->second;
}

void DuplicateGuard::forget(EventKey key) {
    if (generation_of(key)) apply({Change::Kind::Forgotten, key, 0});
}

void DuplicateGuard::apply(const Change& change) {
    if (change.kind == Change::Kind::Remembered) {
        set(generations_.size() - 1, change.key, change.subject);
    } else if (const auto generation = generation_of(change.key)) {
        const bool forgotten = change.kind == Change::Kind::Forgotten;
        set(*generation, change.key, forgotten ? std::nullopt : std::optional(change.subject));
    }
    changes_.push_back(change);
}

void DuplicateGuard::set(std::size_t generation, EventKey key, std::optional<std::uint64_t> subject) {
    const Subjects& keys = generations_[generation].keys;
    const auto before = keys.find(key);
    undo_.push_back({generation, key, before == keys.end() ? std::nullopt : std::optional(before->second)});
    write(generation, key, subject);
}

void DuplicateGuard::write(std::size_t generation, EventKey key, std::optional<std::uint64_t> subject) {
    Subjects& keys = generations_[generation].keys;
    if (subject) {
        keys.insert_or_assign(key, *subject);
    } else {
        keys.erase(key);
    }
}

void DuplicateGuard::keep() {
    if (!changes_.empty()) ++last_number_;
    end_transaction();
    for (std::size_t keys = size(); keys > max_keys_ && generations_.size() > 1; generations_.pop_front())
        keys -= generations_.front().keys.size();
}

void DuplicateGuard::undo() {
    for (auto each = undo_.rbegin(); each != undo_.rend(); ++each) write(each->generation, each->key, each->subject);
    end_transaction();
}

void DuplicateGuard::end_transaction() noexcept {
    changes_.clear();
    undo_.clear();
}

// The newest first: most copies come soon.
std::optional<std::size_t> DuplicateGuard::generation_of(EventKey key) const {
    for (std::size_t i = generations_.size(); i-- > 0;)
        if (generations_[i].keys.contains(key)) return i;
    return std::nullopt;
}

std::int64_t DuplicateGuard::oldest_number() const noexcept {
    return generations_.empty() ? last_number_ + 1 : generations_.front().first_number;
}

std::size_t DuplicateGuard::size() const noexcept {
    std::size_t size = 0;
    for (const Generation& generation : generations_) size += generation.keys.size();
    return size;
}

void DuplicateGuard::restore(std::int64_t number, Time now, const Changes& changes) {
    last_number_ = number - 1;
    advance(now);
    for (const Change& change : changes) apply(change);
    keep();
    last_number_ = number;  // also where there was no change in it
}

void DuplicateGuard::clear() {
    end_transaction();
    generations_.clear();
    last_number_ = 0;
    now_ = step_began_ = {};
    step_ = 0;
}

}  // namespace pinrelay::spool
