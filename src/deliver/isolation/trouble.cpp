#include "trouble.hpp"

#include <algorithm>

namespace pinrelay::deliver {

std::optional<Trouble> trouble_of(const Outcome& outcome, std::size_t count) {
    // What never got there says nothing about the records.
    if (const auto* failure = std::get_if<net::Failure>(&outcome))
        return Trouble{failure->reason, std::nullopt, failure->code == net::ClientErrc::Ambiguous};
    const auto& verdict = std::get<destination::Verdict>(outcome);
    // Who asks for a wait means the account.
    if (const auto* retry = std::get_if<destination::Retry>(&verdict.decision))
        return Trouble{verdict.message, retry->after, retry->maybe_content && !retry->after};
    const auto is_unclear = [](const auto& record) { return record.fate == destination::Fate::Unclear; };
    if (std::holds_alternative<destination::Judged>(verdict.decision) &&
        (verdict.records.size() < count || std::ranges::any_of(verdict.records, is_unclear)))
        return Trouble{"the answer leaves out some of the events", std::nullopt, true};
    return std::nullopt;
}

}  // namespace pinrelay::deliver
