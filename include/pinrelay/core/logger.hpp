#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace pinrelay {

enum class LogLevel { Debug, Info, Warn, Error, Off };

// One named value after a log sentence. Never holds personal data or a secret.
using LogField = std::pair<std::string_view, std::string>;

// Takes log sentences for operators. `app` writes them through spdlog; tests collect them.
// Implementations are thread-safe, escape control bytes and keep no reference to the arguments.
class Logger {
public:
    virtual ~Logger() = default;

    virtual bool enabled(LogLevel level) const noexcept = 0;
    // From now on only sentences of this level or a more severe one are written. A logger without levels ignores the
    // call.
    virtual void set_level(LogLevel) {}
    virtual void write(LogLevel level, std::string_view sentence, std::initializer_list<LogField> fields = {}) = 0;

    void debug(std::string_view s, std::initializer_list<LogField> f = {}) { write(LogLevel::Debug, s, f); }
    void info(std::string_view s, std::initializer_list<LogField> f = {}) { write(LogLevel::Info, s, f); }
    void warn(std::string_view s, std::initializer_list<LogField> f = {}) { write(LogLevel::Warn, s, f); }
    void error(std::string_view s, std::initializer_list<LogField> f = {}) { write(LogLevel::Error, s, f); }
};

}  // namespace pinrelay
