#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "mock_pinterest/answers.hpp"

namespace pinrelay::mock {

// Calls per minute and account, in windows that start with an account's first call.
class RateLimiter {
public:
    explicit RateLimiter(std::uint64_t calls_per_minute) : limit_(calls_per_minute) {}

    // Counts one call and says where the account stands.
    RateLimit count(const std::string& account, std::chrono::system_clock::time_point now);

private:
    struct Window {
        std::chrono::system_clock::time_point start;
        std::uint64_t calls = 0;
    };
    std::uint64_t limit_;
    std::map<std::string, Window> windows_;
};

}  // namespace pinrelay::mock
