#pragma once

#include <atomic>
#include <string_view>

#include "pinrelay/core/logger.hpp"
#include "pinrelay/http/message.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "quiet_minute.hpp"

namespace pinrelay::ingest {

// What is said where the store does not take a request's events: to its sender, who may send them again since none was
// kept, in the metrics, and in the log. Any thread.
class StoreRefusals {
public:
    StoreRefusals(metrics::Metrics& metrics, Logger& logger) : metrics_(metrics), logger_(logger) {}

    http::Response refuse(ErrorCode error, Time now);

    void took_events();

private:
    std::string_view report(ErrorCode error, Time now);  // gives its code

    metrics::Metrics& metrics_;
    Logger& logger_;
    std::atomic<bool> refusing_ = false;  // as the log has it, which gets each change once
    QuietMinute outage_;                  // a store that is just full takes some and refuses some, many times a second
    QuietMinute share_;
    QuietMinute known_only_;
};

}  // namespace pinrelay::ingest
