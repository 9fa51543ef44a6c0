#include "count.hpp"

namespace pinrelay::ingest {
namespace {

// Metric label of an event without a destination.
constexpr std::string_view no_destination = "none";

struct NotSent {
    metrics::Metrics& metrics;
    std::string_view destination;

    void operator()(const model::Record&) const {}
    void operator()(const destination::Drop& drop) const { metrics.dropped(destination, drop.reason); }
    void operator()(const decode::Ignored& ignored) const { metrics.dropped(destination, ignored.reason); }
    void operator()(const decode::Rejection& rejection) const {
        metrics.dropped(destination, decode::to_string(rejection.code));
    }
};

}  // namespace

void count(metrics::Metrics& metrics, const std::vector<Outcome>& outcomes) {
    for (const auto& outcome : outcomes) {
        const std::string_view destination =
            outcome.destination != nullptr ? std::string_view(outcome.destination->name()) : no_destination;
        for (const auto& warning : outcome.warnings) metrics.warned(destination, warning.code);
        std::visit(NotSent{metrics, destination}, outcome.result);
    }
}

}  // namespace pinrelay::ingest
