#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "common_refusal.hpp"
#include "suspects.hpp"

namespace pinrelay::deliver {
namespace {

constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();

// What a former process left behind after so many requests is not mixed with what was never tried.
constexpr int attempts_of_a_suspect = 3;

}  // namespace

bool Suspects::is_suspect(const model::StoredRecord& stored) const {
    return stored.attempts >= attempts_of_a_suspect || find(stored.id) != nullptr;
}

std::size_t Suspects::most_of(const model::StoredRecord& stored) const {
    const Entry* entry = find(stored.id);
    return entry == nullptr || entry->most == 0 ? any_number : entry->most;
}

// Records of one lot may share a request; lots go in this order.
struct Suspects::Lot {
    int turn = 0;               // below zero: a probe; 1: those whose turn it is; 2: the others
    std::size_t smallness = 0;  // of the parts: the largest first
    bool unfolded = false;      // what must not be repeated is not lost for the failure of what may be
    auto order() const noexcept { return std::tuple(turn, smallness, unfolded); }
};

Suspects::Plan Suspects::plan(Batch leased) const {
    const bool all_refused = meets_everybody();
    const auto probes = all_refused ? probes_of(leased) : probe_of(leased);
    const bool suspects_first = !all_refused && !probes.empty();
    std::vector<std::pair<Lot, std::size_t>> sorted;  // with their places in the batch
    sorted.reserve(leased.size());
    for (const auto& stored : leased) {
        // The others go first, and are the comparison; only after a probe the suspects do.
        const int turn = is_suspect(stored) == suspects_first ? 1 : 2;
        const auto probe = std::ranges::find(probes, stored.id);
        const Lot lot{probe == probes.end() ? turn : static_cast<int>(probe - probes.end()),
                      any_number - most_of(stored), !stored.record.deduplicated};
        sorted.emplace_back(lot, sorted.size());
    }
    const auto order = [](const auto& one) { return one.first.order(); };
    const bool stays = std::ranges::is_sorted(sorted, {}, order);
    if (!stays) std::ranges::stable_sort(sorted, {}, order);

    Plan plan;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const Lot& lot = sorted[i].first;
        const bool same = i > 0 && lot.order() == sorted[i - 1].first.order();
        if (same && plan.parts.back() < any_number - lot.smallness) {
            ++plan.parts.back();
        } else {
            plan.parts.push_back(1);
        }
        if (!stays) plan.batch.push_back(std::move(leased[sorted[i].second]));
    }
    if (stays) plan.batch = std::move(leased);
    const Entry* first = plan.batch.empty() ? nullptr : find(plan.batch.front().id);
    plan.sample = first != nullptr && first->refused ? 1 : refused_in_a_row;
    if (all_refused && !probes.empty()) plan.sample = probes.size();
    return plan;
}

// Only where something could be learnt: several suspects that have failed often, and none of their failures was
// compared with anything yet.
bool Suspects::wants_probe(const Batch& batch) const {
    std::size_t undecided = 0;
    bool experienced = false;
    for (const auto& stored : batch) {
        if (!is_suspect(stored)) {
            if (!others_failed_) return false;
            continue;
        }
        const Entry* entry = find(stored.id);
        if (entry != nullptr && entry->isolated) continue;
        ++undecided;
        if (entry == nullptr || entry->last_failure < evidence_) continue;
        experienced =
            experienced || entry->failures >= failures_before_probe || entry->singled_out > 0 || entry->refused;
    }
    return experienced && undecided > 1;
}

// What the destination folds first, then what was alone least.
std::vector<model::RecordId> Suspects::ranked(const Batch& batch) const {
    using Rank = std::tuple<bool, bool, int, std::size_t>;
    std::vector<std::pair<Rank, model::RecordId>> suspects;
    suspects.reserve(batch.size());
    for (const auto& stored : batch) {
        if (!is_suspect(stored)) continue;
        const Entry* entry = find(stored.id);
        const Rank rank{entry != nullptr && entry->isolated, !stored.record.deduplicated,
                        entry == nullptr ? 0 : entry->alone, suspects.size()};
        suspects.emplace_back(rank, stored.id);
    }
    std::ranges::sort(suspects);
    std::vector<model::RecordId> ids;
    ids.reserve(suspects.size());
    for (const auto& [rank, id] : suspects) ids.push_back(id);
    return ids;
}

std::vector<model::RecordId> Suspects::probe_of(const Batch& batch) const {
    if (entries_.empty() || !wants_probe(batch)) return {};
    auto suspects = ranked(batch);
    suspects.resize(1);
    return suspects;
}

// Of the untried those in front of the batch, which are the newest in some batches, and others that the number of the
// last request chooses, so that nobody can bring events that always go first.
std::vector<model::RecordId> Suspects::probes_of(const Batch& batch) const {
    constexpr std::size_t of_each = refused_in_a_row / 2;
    constexpr std::size_t in_front = of_each / 2;
    std::vector<model::RecordId> untried;
    untried.reserve(batch.size());
    for (const auto& stored : batch)
        if (!is_suspect(stored) && stored.record.deduplicated) untried.push_back(stored.id);
    if (untried.size() > in_front) {
        const auto others = untried.begin() + in_front;
        std::rotate(others, others + static_cast<std::ptrdiff_t>(sequence_ % (untried.size() - in_front)),
                    untried.end());
    }
    auto suspects = ranked(batch);
    const std::size_t room = refused_in_a_row - std::min(untried.size(), of_each);
    suspects.resize(std::min(suspects.size(), room));
    untried.resize(std::min(untried.size(), refused_in_a_row - suspects.size()));
    untried.insert(untried.end(), suspects.begin(), suspects.end());
    return untried;
}

}  // namespace pinrelay::deliver
