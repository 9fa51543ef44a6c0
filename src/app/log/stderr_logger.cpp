#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>
#include <string>

#include "app/choices.hpp"
#include "logfmt.hpp"
#include "pinrelay/app/stderr_logger.hpp"

namespace pinrelay::app {
namespace {

spdlog::level::level_enum to_spdlog(LogLevel level) {
    switch (level) {
        case LogLevel::Debug: return spdlog::level::debug;
        case LogLevel::Info: return spdlog::level::info;
        case LogLevel::Warn: return spdlog::level::warn;
        case LogLevel::Error: return spdlog::level::err;
        case LogLevel::Off: return spdlog::level::off;
    }
    return spdlog::level::off;
}

class StderrLogger final : public Logger {
public:
    explicit StderrLogger(LogLevel level) : logger_("pinrelay", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
        logger_.set_formatter(std::make_unique<spdlog::pattern_formatter>("time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v",
                                                                          spdlog::pattern_time_type::utc));
        logger_.set_level(to_spdlog(level));
        logger_.flush_on(spdlog::level::debug);
    }

    bool enabled(LogLevel level) const noexcept override { return logger_.should_log(to_spdlog(level)); }

    void set_level(LogLevel level) override { logger_.set_level(to_spdlog(level)); }

    void write(LogLevel level, std::string_view sentence, std::initializer_list<LogField> fields) override {
        if (!enabled(level)) return;
        logger_.log(to_spdlog(level), logfmt(sentence, fields));
    }

private:
    spdlog::logger logger_;
};

}  // namespace

LogLevel log_level(std::string_view text) { return lookup(log_levels, text); }

std::unique_ptr<Logger> make_stderr_logger(LogLevel level) { return std::make_unique<StderrLogger>(level); }

}  // namespace pinrelay::app
