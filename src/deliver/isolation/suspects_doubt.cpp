// Refusals that may be the destination's trouble, and not the records'.
#include <algorithm>
#include <cmath>

#include "common_refusal.hpp"
#include "suspects.hpp"

namespace pinrelay::deliver {
using std::chrono::milliseconds;

namespace {

constexpr int most_doublings_in_doubt = 20;

// Until something is taken again, whatever the words are.
constexpr std::size_t most_believed = refused_in_a_row - 1;

milliseconds wait_in_doubt(const RetryLimits& limits, int refusals, double random01) {
    const double grown =
        std::ldexp(static_cast<double>(limits.base.count()), std::min(refusals - 1, most_doublings_in_doubt));
    const double bounded = std::min(grown, static_cast<double>(std::max(limits.cap, limits.base).count()));
    return milliseconds(static_cast<std::int64_t>(bounded * (0.5 + random01 / 2)));
}

}  // namespace

bool Suspects::refused(model::RecordId id, std::string_view words, Time now) {
    if (kind_in_row_ != kind_of_refusal(words)) row_.clear();
    kind_in_row_ = kind_of_refusal(words);
    std::erase_if(row_, [id](const InRow& each) { return each.id == id; });
    row_.push_back({id, ++sequence_});
    if (row_.size() > refused_in_a_row) row_.pop_front();

    const Entry* entry = find(id);
    if (entry == nullptr || !entry->refused) return false;
    if (now - *entry->refused >= doubted_refusal_longest) return true;
    const bool works = last_taken_ > entry->last_refusal && !meets_everybody();
    if (!works || believed_ == most_believed) return false;
    ++believed_;
    last_believed_ = sequence_;
    return true;
}

Suspects::Doubt Suspects::doubt(const Batch& batch, const std::vector<std::size_t>& refused, Time now,
                                double random01) {
    const std::uint64_t moment = ++sequence_;
    const bool held_suspect = find(batch.front().id) != nullptr;
    Doubt doubt;
    for (const std::size_t index : refused) {
        const model::StoredRecord& stored = batch[index];
        Entry* entry = find_or_add(stored.id);
        if (entry == nullptr) {
            // What cannot be remembered waits as well: its attempts are in the store.
            doubt.wait = std::max(doubt.wait, wait_in_doubt(limits_, stored.attempts + 1, random01));
            continue;
        }
        if (!entry->refused) entry->refused = now;
        entry->failed = now;
        entry->last_refusal = entry->last_failure = moment;
        ++entry->refusals;
        ++entry->alone;  // the next probe is another record
        doubt.wait = std::max(doubt.wait, wait_in_doubt(limits_, entry->refusals, random01));
    }
    for (const std::size_t index : refused)
        if (const auto entry = entries_.find(batch[index].id); entry != entries_.end())
            set_due(entry->second, now + doubt.wait);
    doubt.meets_everybody = meets_everybody();
    if (!doubt.meets_everybody) return doubt;
    evidence_ = 0;
    last_unexplained_ = moment;
    others_failed_ = !held_suspect;
    return doubt;
}

bool Suspects::meets_everybody() const noexcept { return row_.size() >= refused_in_a_row; }

void Suspects::gave_back(const Batch& batch, Time now) {
    const std::uint64_t moment = ++sequence_;
    for (const auto& stored : batch) {
        Entry* entry = find_or_add(stored.id);
        if (entry == nullptr) continue;
        if (!entry->refused) entry->refused = now;
        entry->failed = now;
        entry->last_refusal = entry->last_failure = moment;
        entry->due.reset();
    }
}

}  // namespace pinrelay::deliver
