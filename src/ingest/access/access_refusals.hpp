#pragma once

#include "access.hpp"
#include "ingest/limits/quiet_minute.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/metrics/metrics.hpp"

namespace pinrelay::ingest {

// Answers a sender that may not post, counts the refusal, and logs its reason at most once a minute. Any thread.
class AccessRefusals {
public:
    AccessRefusals(metrics::Metrics& metrics, Logger& logger) : metrics_(metrics), logger_(logger) {}

    http::Response refuse(const http::Refusal& refusal, Time now) const;

private:
    metrics::Metrics& metrics_;
    Logger& logger_;
    mutable QuietMinute quiet_minute_;
};

}  // namespace pinrelay::ingest
