#include "rate_limiter.hpp"

namespace pinrelay::mock {

RateLimit RateLimiter::count(const std::string& account, std::chrono::system_clock::time_point now) {
    constexpr auto length = std::chrono::minutes{1};
    constexpr std::size_t most_accounts = 10'000;  // of a client that makes up account numbers
    if (windows_.size() > most_accounts) windows_.clear();

    Window& window = windows_[account];
    if (now < window.start || now >= window.start + length) window = {now, 0};
    ++window.calls;
    const auto left = std::chrono::ceil<std::chrono::seconds>(window.start + length - now);
    return {limit_, window.calls < limit_ ? limit_ - window.calls : 0, static_cast<std::uint64_t>(left.count()),
            window.calls > limit_};
}

}  // namespace pinrelay::mock
