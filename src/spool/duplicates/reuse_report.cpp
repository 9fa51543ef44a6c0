#include "reuse_report.hpp"

#include <string>
#include <utility>

namespace pinrelay::spool {
namespace {

constexpr std::chrono::minutes between_sentences{1};

}  // namespace

void ReuseReport::note(const LedgerChange& change, Steady::time_point now) {
    for (const auto& [name, counts] : change.by_label) {
        if (counts.reused == 0) continue;
        Label& label = labels_[name];
        label.untold += counts.reused;
        if (now < label.next) continue;
        label.next = now + between_sentences;
        logger_.warn("different visitors or orders share an event id; is a page with a fixed id cached?",
                     {{"destination", name.first},
                      {"event", name.second},
                      {"events", std::to_string(std::exchange(label.untold, 0))}});
    }
}

}  // namespace pinrelay::spool
