#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "report.hpp"

namespace pinrelay::config {

// The document of a configuration file: JSON with // and /* */ comments. What is wrong goes to the report with line and
// column, but never with the text itself; then the answer is a JSON null.
nlohmann::json parse_document(const std::string& text, const Report& report);

}  // namespace pinrelay::config
