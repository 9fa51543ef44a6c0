#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"

namespace pinrelay::app {

// A warning or an error of the log.
struct Notice {
    LogLevel level = LogLevel::Warn;
    std::string sentence;
    std::vector<std::pair<std::string, std::string>> fields;  // as of the last time
    Time first{};
    Time last{};
    std::uint64_t count = 1;
};

// Passes all sentences on and remembers the warnings and errors, for those who do not read the log. It keeps at most
// `most` different ones, and forgets first the one that was written longest ago. Two are the same if they differ
// in numbers only. Any thread.
class NoticeLogger final : public Logger {
public:
    static constexpr std::size_t most = 60;

    // `next` is lent.
    NoticeLogger(Logger& next, Clock clock) : next_(next), clock_(std::move(clock)) {}

    bool enabled(LogLevel level) const noexcept override { return next_.enabled(level); }
    void set_level(LogLevel level) override { next_.set_level(level); }
    void write(LogLevel level, std::string_view sentence, std::initializer_list<LogField> fields) override;

    // The latest last.
    std::vector<Notice> notices() const;

    // After a reload: what still holds is written again.
    void forget();

private:
    void remember(LogLevel level, std::string_view sentence, std::initializer_list<LogField> fields);

    Logger& next_;
    const Clock clock_;
    mutable std::mutex mutex_;
    std::vector<Notice> notices_;
};

}  // namespace pinrelay::app
