#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/net/handler.hpp"

namespace pinrelay::admin {

// What the handler needs of the relay. It calls the functions on its own thread; they must not throw.
struct AdminParts {
    metrics::Metrics& metrics;  // lent; outlives the handler
    // Why the relay is not ready, as a sentence. Nothing when it is ready.
    std::function<std::optional<std::string>()> readiness;
    // Reloads the configuration. Returns why it stays as it is, or nothing when the new one is in force.
    std::function<std::optional<std::string>()> reload;
};

// The handler of the admin port. Call it on one thread. It throws nothing.
//   GET /healthz   200: the process answers
//   GET /readyz    200: the relay can take and keep events; else 503 with the reason
//   GET /metrics   200: the metrics, as text for Prometheus
//   POST /reload   200: the new configuration is in force; 409 with the reason: the old one is. 403 for a browser's
//   page
std::unique_ptr<net::Handler> make_admin_handler(AdminParts parts);

}  // namespace pinrelay::admin
