#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/net/handler.hpp"

namespace pinrelay::admin {

struct AdminParts {
    metrics::Metrics& metrics;  // lent
    // What is not ready, as a sentence; nothing when all is.
    std::function<std::optional<std::string>()> readiness;
    // Takes the configuration over anew; the reason when it cannot, nothing when it has.
    std::function<std::optional<std::string>()> reload;
};

// GET /healthz (the process answers), /readyz (it can take and keep events; 503 with the reason else), /metrics, and
// POST /reload (409 with the reason when the configuration stays as it is; not for pages in a browser).
std::unique_ptr<net::Handler> make_admin_handler(AdminParts parts);

}  // namespace pinrelay::admin
