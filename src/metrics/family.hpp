#pragma once

#include <prometheus/metric_family.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace pinrelay::metrics {

// Builds one family of the exposition: what it is, then its samples.
class Family {
public:
    Family(std::string name, std::string help, prometheus::MetricType type);

    // A label with an empty value is left out: Prometheus takes the two for the same.
    using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;
    Family& add(Labels labels, double value);
    Family& add(Labels labels, prometheus::ClientMetric::Histogram histogram);

    prometheus::MetricFamily take() { return std::move(family_); }

private:
    prometheus::ClientMetric& sample(Labels labels);

    prometheus::MetricFamily family_;
};

}  // namespace pinrelay::metrics
