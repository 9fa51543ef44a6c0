#pragma once

#include "deliver/isolation/suspects.hpp"
#include "pinrelay/deliver/account_memory.hpp"

namespace pinrelay::deliver {

// The events that a former process left behind, until all of them are settled.
struct Inherited {
    std::uint64_t events = 0;
    std::uint64_t left = 0;
    std::uint64_t dead_letters = 0;
    Time since{};  // the start: what was accepted before is inherited
};

struct AccountMemory::Parts {
    AccountStatus status;
    Suspects suspects;
    Inherited inherited;
    bool is_new = true;  // no dispatcher has started with it
};

}  // namespace pinrelay::deliver
