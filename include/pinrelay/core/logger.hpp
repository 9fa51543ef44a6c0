#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace pinrelay {

enum class LogLevel { Debug, Info, Warn, Error, Off };

// One named value behind a log sentence. Never people's data, never a secret.
using LogField = std::pair<std::string_view, std::string>;

// Where sentences for operators go. `app` writes them through spdlog; tests collect them.
// Implementations are thread-safe and escape control bytes.
class Logger {
public:
    virtual ~Logger() = default;

    virtual bool enabled(LogLevel level) const noexcept = 0;
    // What is less important is not written from now on, where there is a level. Any thread.
    virtual void set_level(LogLevel) {}
    virtual void write(LogLevel level, std::string_view sentence, std::initializer_list<LogField> fields = {}) = 0;

    void debug(std::string_view s, std::initializer_list<LogField> f = {}) { write(LogLevel::Debug, s, f); }
    void info(std::string_view s, std::initializer_list<LogField> f = {}) { write(LogLevel::Info, s, f); }
    void warn(std::string_view s, std::initializer_list<LogField> f = {}) { write(LogLevel::Warn, s, f); }
    void error(std::string_view s, std::initializer_list<LogField> f = {}) { write(LogLevel::Error, s, f); }
};

}  // namespace pinrelay
