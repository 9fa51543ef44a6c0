#pragma once

#include <cstddef>

namespace pinrelay {

// A rate, on the average over time: so many requests, events or bytes in each second. At least 1; a limit that may be
// absent is a std::optional<PerSecond>.
struct PerSecond {
    std::size_t count = 1;
    friend bool operator==(const PerSecond&, const PerSecond&) = default;
};

}  // namespace pinrelay
