#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/http/response_writer.hpp"

namespace pinrelay::net {

// The Date of answers, written once a second. Not thread-safe.
class DateText {
public:
    // `now` is the time at which the answer is written; `clock` is read only if the text may be too old for that. Valid
    // until the next call.
    std::string_view at(std::chrono::steady_clock::time_point now, const Clock& clock) {
        if (now < valid_until_) return text_;
        const Time time = clock();
        text_ = http::http_date(time);
        valid_until_ = now + (std::chrono::seconds(1) - (time - std::chrono::floor<std::chrono::seconds>(time)));
        return text_;
    }

private:
    std::string text_;
    std::chrono::steady_clock::time_point valid_until_{};
};

}  // namespace pinrelay::net
