#include "suspects.hpp"

#include <algorithm>
#include <cmath>

namespace pinrelay::deliver {
using std::chrono::milliseconds;

namespace {

constexpr int most_doublings_alone = 20;

}  // namespace

const Suspects::Entry* Suspects::find(model::RecordId id) const {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : &found->second;
}

void Suspects::passed(const Batch& batch, std::size_t first, std::size_t count, Ticket sent) {
    others_failed_ = false;
    last_taken_ = std::max(last_taken_, sent);
    while (!row_.empty() && row_.front().moment < sent) row_.pop_front();
    if (sent > last_believed_) believed_ = 0;
    if (sent > stray_) stray_ = 0;
    if (sent > last_unexplained_) evidence_ = std::max(evidence_, sent);
    const Entry* entry = count == 1 ? find(batch[first].id) : nullptr;
    if (entry != nullptr && entry->isolated && entry->alone > 0) change_of_mind_ = ++sequence_;
}

bool Suspects::singles_out(const Batch& batch, std::size_t first, std::size_t count) const {
    for (std::size_t i = first; i < first + count; ++i) {
        const Entry* entry = find(batch[i].id);
        if (entry == nullptr || entry->last_failure == 0 || entry->last_failure >= evidence_) return false;
    }
    return true;
}

Suspects::Failure Suspects::failed(const Batch& batch, std::size_t first, std::size_t count, bool maybe_content,
                                   Time now, double random01) {
    const std::uint64_t moment = ++sequence_;
    const Entry* front = find(batch[first].id);
    const bool stands_alone = count == 1 && front != nullptr && front->isolated;
    const bool singled_out = maybe_content && singles_out(batch, first, count);
    const bool explained = maybe_content && (singled_out || stands_alone);
    const bool is_stray = maybe_content && !explained && evidence_ > 0 && stray_ == 0;
    if (!explained) others_failed_ = front == nullptr;
    if (is_stray) stray_ = moment;
    if (!explained && !is_stray) {
        evidence_ = 0;
        last_unexplained_ = moment;
    }
    Failure failure;
    if (!maybe_content) return failure;

    failure.spares_account = explained || is_stray;
    failure.wait =
        limits_.base + milliseconds(static_cast<std::int64_t>(static_cast<double>(limits_.base.count()) * random01));
    for (std::size_t i = first; i < first + count; ++i) {
        Entry* entry = find_or_add(batch[i].id);
        if (entry == nullptr) continue;
        if (entry->isolated && change_of_mind_ > entry->last_failure) entry->alone = entry->proven = 0;
        entry->last_failure = moment;
        entry->failed = now;
        entry->due.reset();
        ++entry->failures;
        if (count == 1) ++entry->alone;
        if (singled_out) {
            ++entry->singled_out;
            if (entry->isolated) ++entry->proven;
            narrow(*entry, count, now);
        }
        if (!failure.spares_account) continue;
        if (count == 1 && entry->isolated) {
            failure.alone = true;
            failure.wait = wait_alone(*entry, random01);
            failure.hopeless = is_hopeless(*entry, now);
        }
        set_due(*entry, now + failure.wait);
    }
    return failure;
}

bool Suspects::is_hopeless(const Entry& entry, Time now) const {
    const bool is_full = entries_.size() >= most_suspects;
    if (entry.proven >= (is_full ? isolated_failures_before_death_when_full : isolated_failures_before_death))
        return true;
    return evidence_ > 0 && entry.failures > isolated_failures_before_death &&
           now - *entry.isolated >= isolated_longest;
}

// The record is sent in smaller parts from now on.
void Suspects::narrow(Entry& entry, std::size_t count, Time now) const {
    if (entry.isolated || (count > 1 && entry.singled_out < times_singled_out_before_parting)) return;
    entry.most = count / 2 + count % 2;
    if (entry.most > 1) return;
    entry.isolated = now;
    if (count > 1) entry.alone = 0;  // what it failed as a probe says nothing
}

milliseconds Suspects::wait_alone(const Entry& entry, double random01) const {
    const int doublings = std::min(entry.alone - 1, most_doublings_alone);
    const double grown = std::ldexp(static_cast<double>(limits_.cap.count()), std::max(doublings, 0));
    const double longest = static_cast<double>(milliseconds(isolated_longest_wait).count());
    const double bounded = std::max(std::min(grown, longest), static_cast<double>(limits_.base.count()));
    return milliseconds(static_cast<std::int64_t>(bounded * (0.5 + random01 / 2)));
}

void Suspects::forget_before(Time time) {
    std::erase_if(entries_, [time](const auto& each) { return each.second.failed < time; });
}

// Asked after every look at the store, and thousands of entries are looked through: so only where one was set since,
// or has come. One that was taken back brings a look too many.
std::optional<Time> Suspects::next_due(Time now) const {
    if (next_due_is_known_ && (!next_due_ || *next_due_ > now)) return next_due_;
    next_due_.reset();
    for (const auto& [id, entry] : entries_)
        if (entry.due && *entry.due > now && (!next_due_ || *entry.due < *next_due_)) next_due_ = entry.due;
    next_due_is_known_ = true;
    return next_due_;
}

void Suspects::set_due(Entry& entry, Time due) {
    entry.due = due;
    next_due_is_known_ = false;
}

std::size_t Suspects::alone() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(entries_, [](const auto& each) { return each.second.isolated.has_value(); }));
}

Suspects::Entry* Suspects::find_or_add(model::RecordId id) {
    if (const auto found = entries_.find(id); found != entries_.end()) return &found->second;
    if (entries_.size() >= most_suspects) make_room();
    if (entries_.size() >= most_suspects) return nullptr;
    return &entries_[id];
}

// One search for all records of a request: where nothing could be forgotten, nothing can be before the next moment.
void Suspects::make_room() {
    if (searched_for_room_ == sequence_) return;
    searched_for_room_ = sequence_;
    std::erase_if(entries_, [](const auto& each) { return each.second.singled_out == 0 && !each.second.refused; });
}

}  // namespace pinrelay::deliver
