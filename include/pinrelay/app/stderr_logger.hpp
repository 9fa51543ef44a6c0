#pragma once

#include <memory>
#include <string_view>

#include "pinrelay/config/config.hpp"
#include "pinrelay/core/logger.hpp"

namespace pinrelay::app {

// How a line is written. docs/operations.md shows both.
enum class LogFormat {
    Text,  // logfmt: time=… level=info msg="a sentence" key=value
    Json,  // one object: {"time":"…","level":"info","message":"a sentence","key":"value"}
};

struct LogOptions {
    LogLevel level = LogLevel::Info;
    LogFormat format = LogFormat::Text;
    bool time = true;  // each line begins with its time: RFC 3339, UTC, milliseconds
};

// The level of the key `log_level`. Throws std::invalid_argument for a text that config refuses.
LogLevel log_level(std::string_view text);

// Those of the keys `log_level`, `log_format` and `log_time`. Throws as `log_level` does.
LogOptions log_options(const config::Config& config);

// Logs to standard error: one line per sentence, with control bytes escaped. Thread-safe.
std::unique_ptr<Logger> make_stderr_logger(const LogOptions& options);

}  // namespace pinrelay::app
