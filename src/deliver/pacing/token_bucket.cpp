#include "token_bucket.hpp"

#include <algorithm>
#include <cmath>

namespace pinrelay::deliver {
using std::chrono::milliseconds;

namespace {

using Seconds = std::chrono::duration<double>;

// Sums of fractions of a token end a hair below the whole.
constexpr double whole_token = 1.0 - 1e-9;

}  // namespace

TokenBucket::TokenBucket(destination::RequestRate rate) : rate_(rate), tokens_(rate.burst) {}

milliseconds TokenBucket::wait(Time now) {
    refill(now);
    if (tokens_ >= whole_token) return milliseconds(0);
    const Seconds missing((1.0 - tokens_) / rate_.per_second);
    return std::max(milliseconds(1), std::chrono::ceil<milliseconds>(missing));
}

void TokenBucket::take(Time now) {
    refill(now);
    tokens_ -= 1.0;
}

void TokenBucket::refill(Time now) {
    // A clock that was set back fills nothing, and counts from where it stands.
    const Seconds passed = std::max(now - filled_, Time::duration(0));
    tokens_ = std::min(rate_.burst, tokens_ + passed.count() * rate_.per_second);
    filled_ = now;
}

}  // namespace pinrelay::deliver
