#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "pinrelay/http/server.hpp"
#include "pinrelay/metrics/metrics.hpp"

namespace pinrelay::admin {

// What is not ready, as a sentence; nothing when all is.
using Readiness = std::function<std::optional<std::string>()>;

// GET /healthz (the process answers), /readyz (it can take and keep events; 503 with the reason else), /metrics.
// `metrics` is lent.
std::unique_ptr<http::Handler> make_admin_handler(metrics::Metrics& metrics, Readiness readiness);

}  // namespace pinrelay::admin
