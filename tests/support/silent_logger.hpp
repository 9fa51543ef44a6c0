#pragma once

#include "pinrelay/core/logger.hpp"

namespace pinrelay::test {

// For tests that do not look at the log.
class SilentLogger final : public Logger {
public:
    bool enabled(LogLevel) const noexcept override { return false; }
    void write(LogLevel, std::string_view, std::initializer_list<LogField>) override {}
};

}  // namespace pinrelay::test
