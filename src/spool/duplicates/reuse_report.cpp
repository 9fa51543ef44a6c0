#include "reuse_report.hpp"

#include <string>
#include <utility>

namespace pinrelay::spool {
namespace {

constexpr std::chrono::minutes between_sentences{1};

struct Reported {
    std::uint64_t Counts::*count;
    std::string_view sentence;
};
constexpr std::array reported = {
    Reported{&Counts::reused, "different visitors or orders share an event id; is a page with a fixed id cached?"},
    Reported{
        &Counts::conflicts,
        "events with one id contradict each other in value or sender; do two senders disagree, or does somebody forge "
        "events? docs/access.md shows how to require trusted senders"},
};

}  // namespace

void ReuseReport::note(const LedgerChange& change, Steady::time_point now) {
    static_assert(reported.size() == kinds);
    for (const auto& [label, counts] : change.by_label)
        for (std::size_t kind = 0; kind < kinds; ++kind) note(kind, label, counts.*reported[kind].count, now);
}

void ReuseReport::note(std::size_t kind, const LedgerKey& label, std::uint64_t events, Steady::time_point now) {
    if (events == 0) return;
    Untold& untold = untold_[kind][label];
    untold.events += events;
    if (now < untold.next_sentence) return;
    untold.next_sentence = now + between_sentences;
    logger_.warn(reported[kind].sentence, {{"destination", label.first},
                                           {"event", label.second},
                                           {"events", std::to_string(std::exchange(untold.events, 0))}});
}

}  // namespace pinrelay::spool
