#include "flows.hpp"

#include <algorithm>
#include <limits>

#include "pinrelay/decode/ignored.hpp"

namespace pinrelay::app {
namespace {

std::uint32_t clamped(std::uint64_t number) noexcept {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, std::numeric_limits<std::uint32_t>::max()));
}

// Counts only grow; a store that was replaced by an empty one begins anew.
std::uint64_t more(std::uint64_t before, std::uint64_t now) noexcept { return now > before ? now - before : 0; }

Flow flow_between(const spool::Counts& before, const spool::Counts& now) noexcept {
    const std::uint64_t duplicates = more(before.folded, now.folded);
    // An unfolded duplicate was counted when it was dropped.
    const std::uint64_t stored = more(before.stored - before.unfolded, now.stored - now.unfolded);
    Flow flow;
    flow.accepted = clamped(stored + duplicates);
    flow.delivered = clamped(more(before.delivered, now.delivered));
    flow.dropped = clamped(duplicates);
    flow.pending = clamped(now.pending());
    return flow;
}

}  // namespace

Flow& Flow::operator+=(const Flow& later) noexcept {
    accepted = clamped(std::uint64_t{accepted} + later.accepted);
    delivered = clamped(std::uint64_t{delivered} + later.delivered);
    dropped = clamped(std::uint64_t{dropped} + later.dropped);
    pending = later.pending;
    return *this;
}

Flows flows_between(const Moment& before, const Moment& now) {
    Flows flows;
    for (const auto& [label, counts] : now.ledger.by_label) {
        const auto known = before.ledger.by_label.find(label);
        const Flow flow = flow_between(known == before.ledger.by_label.end() ? spool::Counts() : known->second, counts);
        if (!flow.is_empty()) flows[label] = flow;
    }
    for (const auto& [label, count] : now.tally.dropped) {
        if (decode::ignored::is_no_event(label.second)) continue;
        const auto known = before.tally.dropped.find(label);
        const std::uint64_t drops = more(known == before.tally.dropped.end() ? 0 : known->second, count);
        if (drops == 0) continue;
        Flow& flow = flows[{label.first, ""}];
        flow += {clamped(drops), 0, clamped(drops), 0};
    }
    return flows;
}

}  // namespace pinrelay::app
