#include "reuse_report.hpp"

#include <string>
#include <utility>

namespace pinrelay::spool {
namespace {

constexpr std::chrono::minutes between_sentences{1};

}  // namespace

void ReuseReport::note(const LedgerChange& change, Steady::time_point now) {
    for (const auto& [label, counts] : change.by_label) {
        if (counts.reused == 0) continue;
        Untold& untold = untold_[label];
        untold.events += counts.reused;
        if (now < untold.next_sentence) continue;
        untold.next_sentence = now + between_sentences;
        logger_.warn("different visitors or orders share an event id; is a page with a fixed id cached?",
                     {{"destination", label.first},
                      {"event", label.second},
                      {"events", std::to_string(std::exchange(untold.events, 0))}});
    }
}

}  // namespace pinrelay::spool
