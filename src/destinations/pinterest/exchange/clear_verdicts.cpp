#include "clear_verdicts.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace pinrelay::destinations::pinterest {
namespace {

using destination::Fate;
using destination::RecordVerdict;

std::int64_t entries_with(const Answer& answer, Fate fate) {
    return std::ranges::count_if(answer.records, [fate](const RecordVerdict& entry) { return entry.fate == fate; });
}

bool is_other_than(std::optional<std::int64_t> count, std::int64_t expected) { return count && *count != expected; }

bool counts_differ(const Answer& answer, std::int64_t sent) {
    if (is_other_than(answer.received, sent)) return true;
    const bool has_list = static_cast<std::int64_t>(answer.records.size()) == sent;
    // Without a list, a single event that was not processed is a plain refusal.
    if (!has_list && sent == 1 && answer.records.empty() && answer.processed == 0) return false;
    return is_other_than(answer.processed, has_list ? sent - entries_with(answer, Fate::Refused) : sent);
}

}  // namespace

std::vector<RecordVerdict> verdicts_of(Answer answer, std::size_t count) {
    const auto sent = static_cast<std::int64_t>(count);
    const std::int64_t refused = entries_with(answer, Fate::Refused);
    auto& entries = answer.records;
    if (entries.size() == count) {
        const bool accounts_for_all = answer.processed == sent - refused;
        const bool denies_a_refusal = answer.processed.value_or(0) > sent - refused;
        for (auto& entry : entries) {
            if (entry.fate == Fate::Unclear && accounts_for_all) entry.fate = Fate::Delivered;
            entry.maybe_delivered = entry.fate == Fate::Refused && denies_a_refusal;
        }
        return std::move(entries);
    }
    entries.clear();
    if (answer.processed == sent && refused == 0 && answer.received.value_or(sent) >= sent) entries.resize(count);
    return std::move(entries);
}

Contradictions contradictions_of(const Answer& answer, std::size_t count, bool is_refusal) {
    const std::size_t entries = answer.records.size();
    struct Row {
        bool holds;
        std::string_view label;
    };
    Contradictions labels;
    for (const auto& [holds, label] : {
             Row{counts_differ(answer, static_cast<std::int64_t>(count)), "counts_differ"},
             Row{entries > 0 && entries < count, "entries_missing"},
             Row{entries > count, "entries_extra"},
             Row{entries_with(answer, Fate::Unclear) > 0, "unknown_status"},
             Row{answer.failed_without_reason, "failed_without_reason"},
             Row{answer.processed_with_error, "processed_with_error"},
             Row{is_refusal && entries > 0 && entries_with(answer, Fate::Refused) == 0, "status_differs"},
         })
        if (holds) labels.push_back(label);
    return labels;
}

}  // namespace pinrelay::destinations::pinterest
