#include "retry_policy.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace pinrelay::deliver {
using std::chrono::milliseconds;

namespace {

constexpr int most_doublings = 40;  // far beyond any cap; keeps the product finite

}  // namespace

milliseconds RetryPolicy::failed(std::optional<milliseconds> wish, double random01) {
    const double grown = std::ldexp(static_cast<double>(limits_.base.count()), std::min(failures_, most_doublings));
    const double ceiling = std::min(grown, static_cast<double>(limits_.cap.count()));
    ++failures_;
    return std::max(milliseconds(static_cast<std::int64_t>(ceiling * random01)), bounded(wish));
}

milliseconds RetryPolicy::paused() noexcept {
    ++failures_;
    return limits_.pause;
}

milliseconds RetryPolicy::bounded(std::optional<milliseconds> wish) const noexcept {
    return std::clamp(wish.value_or(milliseconds(0)), milliseconds(0), limits_.longest_wish);
}

}  // namespace pinrelay::deliver
