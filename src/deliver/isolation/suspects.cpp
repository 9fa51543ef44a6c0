#include "suspects.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <tuple>
#include <utility>

namespace pinrelay::deliver {
using std::chrono::milliseconds;

namespace {

constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();

// What a former process left behind after so many requests is not mixed with what was never tried.
constexpr int attempts_of_a_suspect = 3;

constexpr int most_doublings_alone = 20;

}  // namespace

const Suspects::Entry* Suspects::find(model::RecordId id) const {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : &found->second;
}

bool Suspects::is_suspect(const model::StoredRecord& stored) const {
    return stored.attempts >= attempts_of_a_suspect || find(stored.id) != nullptr;
}

std::size_t Suspects::most_of(const model::StoredRecord& stored) const {
    const Entry* entry = find(stored.id);
    return entry == nullptr || entry->most == 0 ? any_number : entry->most;
}

Suspects::Plan Suspects::plan(Batch leased) const {
    Plan plan;
    plan.batch = std::move(leased);
    auto& batch = plan.batch;
    if (entries_.empty() && std::ranges::none_of(batch, [this](const auto& stored) { return is_suspect(stored); })) {
        plan.parts = {batch.size()};
        return plan;
    }
    const auto rest =
        std::stable_partition(batch.begin(), batch.end(), [this](const auto& stored) { return !is_suspect(stored); });
    auto first_suspect = static_cast<std::size_t>(rest - batch.begin());
    std::stable_sort(rest, batch.end(), [this](const auto& a, const auto& b) { return most_of(a) > most_of(b); });

    std::size_t clean = first_suspect;
    std::size_t at = 0;
    if (wants_probe(batch, first_suspect)) {
        // The probe, then the other suspects, then those that never failed.
        std::rotate(batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(first_suspect), batch.end());
        const auto probe = batch.begin() + static_cast<std::ptrdiff_t>(probe_of(batch, clean));
        std::rotate(batch.begin(), probe, probe + 1);
        plan.parts.push_back(1);
        at = 1;
    } else if (clean > 0) {
        plan.parts.push_back(clean);
        at = std::exchange(clean, 0);
    }
    const std::size_t end = batch.size() - clean;
    while (at < end) {
        const std::size_t most = most_of(batch[at]);
        std::size_t count = 1;
        while (at + count < end && count < most && most_of(batch[at + count]) == most) ++count;
        plan.parts.push_back(count);
        at += count;
    }
    if (clean > 0) plan.parts.push_back(clean);
    const Entry* first = batch.empty() ? nullptr : find(batch.front().id);
    plan.refused_before = first != nullptr && first->refused;
    return plan;
}

// Only where something could be learnt: several suspects that have failed often, and none of their failures was
// compared with anything yet.
bool Suspects::wants_probe(const Batch& batch, std::size_t first_suspect) const {
    if (first_suspect > 0 && !others_failed_) return false;  // the others go first, and are the comparison
    std::size_t undecided = 0;
    bool experienced = false;
    for (std::size_t i = first_suspect; i < batch.size(); ++i) {
        const Entry* entry = find(batch[i].id);
        if (entry != nullptr && entry->isolated) continue;
        ++undecided;
        if (entry == nullptr || entry->last_failure < evidence_) continue;
        experienced =
            experienced || entry->failures >= failures_before_probe || entry->singled_out > 0 || entry->refused;
    }
    return experienced && undecided > 1;
}

// Of the suspects, which stand in front of `clean` others: one that the destination folds, and that was alone least.
std::size_t Suspects::probe_of(const Batch& batch, std::size_t clean) const {
    const auto rank = [this, &batch](std::size_t i) {
        const Entry* entry = find(batch[i].id);
        const bool isolated = entry != nullptr && entry->isolated.has_value();
        return std::tuple(isolated, !batch[i].record.deduplicated, entry == nullptr ? 0 : entry->alone);
    };
    std::size_t best = 0;
    for (std::size_t i = 1; i < batch.size() - clean; ++i)
        if (rank(i) < rank(best)) best = i;
    return best;
}

void Suspects::passed(Ticket sent) {
    others_failed_ = false;
    if (sent > last_unexplained_) evidence_ = std::max(evidence_, sent);
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
    const bool others = front == nullptr;
    const bool stands_alone = count == 1 && front != nullptr && front->isolated;
    const bool singled_out = maybe_content && singles_out(batch, first, count);
    Failure failure;
    failure.explained = maybe_content && (singled_out || stands_alone);
    if (!failure.explained) {
        evidence_ = 0;
        last_unexplained_ = moment;
        others_failed_ = others;
    }
    if (!maybe_content) return failure;

    failure.wait =
        limits_.base + milliseconds(static_cast<std::int64_t>(static_cast<double>(limits_.base.count()) * random01));
    for (std::size_t i = first; i < first + count; ++i) {
        Entry* entry = find_or_add(batch[i].id);
        if (entry == nullptr) continue;
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
        if (!failure.explained) continue;
        if (count == 1 && entry->isolated) failure.wait = wait_alone(*entry, random01);
        entry->due = now + failure.wait;
        failure.hopeless =
            count == 1 && entry->isolated &&
            (entry->proven >= isolated_failures_before_death ||
             (entry->alone > isolated_failures_before_death && now - *entry->isolated >= isolated_longest));
    }
    return failure;
}

// The record is sent in smaller parts from now on.
void Suspects::narrow(Entry& entry, std::size_t count, Time now) const {
    if (entry.isolated || (count > 1 && entry.singled_out < times_singled_out_before_parting)) return;
    entry.most = count / 2 + count % 2;
    if (entry.most <= 1) entry.isolated = now;
}

milliseconds Suspects::wait_alone(const Entry& entry, double random01) const {
    const int doublings = std::min(entry.alone - 1, most_doublings_alone);
    const double grown = std::ldexp(static_cast<double>(limits_.cap.count()), std::max(doublings, 0));
    const double longest = static_cast<double>(milliseconds(isolated_longest_wait).count());
    const double bounded = std::max(std::min(grown, longest), static_cast<double>(limits_.base.count()));
    return milliseconds(static_cast<std::int64_t>(bounded * (0.5 + random01 / 2)));
}

bool Suspects::refused_in_common(const Batch& batch, Time now) {
    const std::uint64_t moment = ++sequence_;
    bool known = true;
    Time since = now;
    std::uint64_t last = 0;
    for (const auto& stored : batch) {
        const Entry* entry = find(stored.id);
        known = known && entry != nullptr && entry->refused;
        if (!known) break;
        since = std::min(since, *entry->refused);
        last = std::max(last, entry->last_refusal);
    }
    if (known && (evidence_ > last || now - since >= common_refusal_longest)) return true;
    evidence_ = 0;
    last_unexplained_ = moment;
    others_failed_ = find(batch.front().id) == nullptr;
    for (const auto& stored : batch) {
        Entry* entry = find_or_add(stored.id);
        if (entry == nullptr) continue;
        if (!entry->refused) entry->refused = now;
        entry->failed = now;
        entry->last_refusal = entry->last_failure = moment;
    }
    if (Entry* probe = find_or_add(batch.front().id)) ++probe->alone;  // the next one is another record
    return false;
}

void Suspects::forget_before(Time time) {
    std::erase_if(entries_, [time](const auto& each) { return each.second.failed < time; });
}

std::optional<Time> Suspects::next_due(Time now) const {
    std::optional<Time> next;
    for (const auto& [id, entry] : entries_)
        if (entry.due && *entry.due > now && (!next || *entry.due < *next)) next = entry.due;
    return next;
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

void Suspects::make_room() {
    std::erase_if(entries_, [](const auto& each) { return each.second.singled_out == 0 && !each.second.refused; });
}

}  // namespace pinrelay::deliver
