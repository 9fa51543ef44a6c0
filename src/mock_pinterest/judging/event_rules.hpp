#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>

#include "mock_pinterest/journal/records.hpp"
#include "mock_pinterest/options.hpp"

namespace pinrelay::mock {

// Pinterest's word on one event that keeps the schema: what makes it fail, and what only earns a warning.
EventVerdict judge_event(const nlohmann::json& event, std::chrono::system_clock::time_point now, const Policy& policy);

}  // namespace pinrelay::mock
