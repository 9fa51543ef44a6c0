#include "history.hpp"

#include <chrono>
#include <utility>

namespace pinrelay::app {
namespace {

bool is_empty(const admin::HistorySeries& series) {
    for (const auto* numbers : {&series.accepted, &series.delivered, &series.dropped, &series.pending})
        for (const std::uint64_t number : *numbers)
            if (number != 0) return false;
    return true;
}

}  // namespace

void History::start(Moment now, Time time) {
    last_ = std::move(now);
    since_ = time;
}

void History::end_minute(Moment now) {
    for (const auto& [label, flow] : flows_between(last_, now)) {
        if (rings_.size() >= most_series && !rings_.contains(label)) continue;
        Rings& rings = rings_[label];
        rings.minutes[minute_slot()] = flow;
        rings.quarters[quarter_slot()] += flow;
    }
    last_ = std::move(now);
    ++minutes_;
    clear_running_slots();
}

void History::clear_running_slots() {
    const bool new_quarter = minutes_ % minutes_of_quarter == 0;
    for (auto& [label, rings] : rings_) {
        rings.minutes[minute_slot()] = {};
        if (new_quarter) rings.quarters[quarter_slot()] = {};
    }
}

template <std::size_t N>
admin::HistorySeries History::unrolled(const std::array<Flow, N>& ring, std::size_t running, const Flow& now) {
    admin::HistorySeries series;
    for (std::size_t i = 1; i <= N; ++i) {
        const std::size_t slot = (running + i) % N;
        Flow flow = ring[slot];
        if (slot == running) flow += now;
        series.accepted.push_back(flow.accepted);
        series.delivered.push_back(flow.delivered);
        series.dropped.push_back(flow.dropped);
        series.pending.push_back(flow.pending);
    }
    return series;
}

admin::HistoryView History::view(admin::HistorySpan span, const Moment& now, Time time) const {
    const bool is_hour = span == admin::HistorySpan::Hour;
    admin::HistoryView view{std::chrono::seconds(is_hour ? 60 : 900), time, since_, {}};
    const Flows running = flows_between(last_, now);
    std::map<std::pair<std::string, std::string>, Rings> fresh;  // labels that came since the last minute
    for (const auto& [label, flow] : running)
        if (!rings_.contains(label) && rings_.size() + fresh.size() < most_series) fresh[label];
    for (const auto* known : {&rings_, &std::as_const(fresh)})
        for (const auto& [label, rings] : *known) {
            const auto found = running.find(label);
            const Flow flow = found == running.end() ? Flow() : found->second;
            auto series =
                is_hour ? unrolled(rings.minutes, minute_slot(), flow) : unrolled(rings.quarters, quarter_slot(), flow);
            if (is_empty(series)) continue;
            series.account = label.first;
            series.event = label.second;
            view.series.push_back(std::move(series));
        }
    return view;
}

}  // namespace pinrelay::app
