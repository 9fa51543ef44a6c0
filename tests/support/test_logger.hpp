#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include "pinrelay/core/logger.hpp"

namespace pinrelay::test {

// Collects what was logged: sentence and fields as one text.
class TestLogger final : public Logger {
public:
    struct Line {
        LogLevel level;
        std::string text;
    };

    bool enabled(LogLevel) const noexcept override { return true; }

    void write(LogLevel level, std::string_view sentence, std::initializer_list<LogField> fields) override {
        std::string text(sentence);
        for (const auto& [name, value] : fields) text.append(" ").append(name).append("=").append(value);
        const std::lock_guard lock(mutex_);
        lines_.push_back({level, std::move(text)});
    }

    std::vector<Line> lines() const {
        const std::lock_guard lock(mutex_);
        return lines_;
    }

    std::size_t count(LogLevel level) const {
        const auto all = lines();
        return static_cast<std::size_t>(
            std::count_if(all.begin(), all.end(), [level](const Line& line) { return line.level == level; }));
    }

    std::size_t count(LogLevel level, std::string_view part) const {
        const auto all = lines();
        return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Line& line) {
            return line.level == level && line.text.find(part) != std::string::npos;
        }));
    }

private:
    mutable std::mutex mutex_;
    std::vector<Line> lines_;
};

}  // namespace pinrelay::test
