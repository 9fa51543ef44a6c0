#include "descriptor_budget.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <limits>

namespace pinrelay::app {
namespace {

// The admin port's 64 connections, those of delivery for some accounts, the store's files, logs and event loops.
constexpr std::size_t reserved = 256;

}  // namespace

std::size_t connections_within(std::size_t wanted, std::size_t descriptors) noexcept {
    // Where there are very few, half of them: better to refuse the reserve than everybody.
    const std::size_t kept = std::min(reserved, descriptors / 2);
    return std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(descriptors - kept, 1));
}

std::size_t descriptor_limit() noexcept {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return std::numeric_limits<std::size_t>::max();
    return limit.rlim_cur;
}

}  // namespace pinrelay::app
