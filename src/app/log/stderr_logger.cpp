#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "app/choices.hpp"
#include "json_line.hpp"
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

struct Pattern {
    LogFormat format;
    bool time;
    const char* text;  // %l is the level, %v what the formatter of the line has made
};
constexpr std::array patterns = {
    Pattern{LogFormat::Text, true, "time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v"},
    Pattern{LogFormat::Text, false, "level=%l %v"},
    Pattern{LogFormat::Json, true, R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})"},
    Pattern{LogFormat::Json, false, R"({"level":"%l",%v})"},
};

const char* pattern_of(const LogOptions& options) {
    const auto* pattern = std::ranges::find_if(
        patterns, [&](const Pattern& p) { return p.format == options.format && p.time == options.time; });
    return pattern->text;
}

class StderrLogger final : public Logger {
public:
    explicit StderrLogger(const LogOptions& options)
        : logger_("pinrelay", std::make_shared<spdlog::sinks::stderr_sink_mt>()),
          write_line_(options.format == LogFormat::Json ? json_members : logfmt) {
        logger_.set_formatter(
            std::make_unique<spdlog::pattern_formatter>(pattern_of(options), spdlog::pattern_time_type::utc));
        logger_.set_level(to_spdlog(options.level));
        logger_.flush_on(spdlog::level::debug);
    }

    bool enabled(LogLevel level) const noexcept override { return logger_.should_log(to_spdlog(level)); }

    void set_level(LogLevel level) override { logger_.set_level(to_spdlog(level)); }

    void write(LogLevel level, std::string_view sentence, std::initializer_list<LogField> fields) override {
        if (!enabled(level)) return;
        logger_.log(to_spdlog(level), write_line_(sentence, fields));
    }

private:
    spdlog::logger logger_;
    std::string (*write_line_)(std::string_view sentence, std::initializer_list<LogField> fields);
};

}  // namespace

LogLevel log_level(std::string_view text) { return lookup(log_levels, text); }

LogOptions log_options(const config::Config& config) {
    return {log_level(config.log_level), lookup(log_formats, config.log_format), config.log_time};
}

std::unique_ptr<Logger> make_stderr_logger(const LogOptions& options) {
    return std::make_unique<StderrLogger>(options);
}

}  // namespace pinrelay::app
