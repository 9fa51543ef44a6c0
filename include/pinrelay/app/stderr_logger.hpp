#pragma once

#include <memory>
#include <string_view>

#include "pinrelay/core/logger.hpp"

namespace pinrelay::app {

// The level of the key `log_level`. Throws std::invalid_argument for a text that config refuses.
LogLevel log_level(std::string_view text);

// Logs to standard error: one logfmt line per sentence, with control bytes escaped. Thread-safe.
std::unique_ptr<Logger> make_stderr_logger(LogLevel level);

}  // namespace pinrelay::app
