#pragma once

#include <chrono>
#include <cstddef>

namespace pinrelay::spool {

// The duplicate guard: a record whose destination, event_name and event_id were appended before, within the window, is
// folded away where both are about the same; see Arrival::subject. A record that becomes a dead letter is forgotten, so
// that its sender can send it again.
struct DuplicateOptions {
    std::chrono::milliseconds window{0};  // 0: no guard
    std::size_t max_keys = 1'000'000;     // beyond it the oldest are forgotten early
};

}  // namespace pinrelay::spool
