#include "family.hpp"

namespace pinrelay::metrics {

Family::Family(std::string name, std::string help, prometheus::MetricType type) {
    family_.name = std::move(name);
    family_.help = std::move(help);
    family_.type = type;
}

prometheus::ClientMetric& Family::sample(Labels labels) {
    auto& metric = family_.metric.emplace_back();
    for (const auto& [name, value] : labels)
        if (!value.empty()) metric.label.push_back({std::string(name), std::string(value)});
    return metric;
}

Family& Family::add(Labels labels, double value) {
    auto& metric = sample(labels);
    // The serializer reads the field of the family's type.
    metric.counter.value = value;
    metric.gauge.value = value;
    return *this;
}

Family& Family::add(Labels labels, prometheus::ClientMetric::Histogram histogram) {
    sample(labels).histogram = std::move(histogram);
    return *this;
}

}  // namespace pinrelay::metrics
