#pragma once

#include <cstdint>
#include <functional>

namespace pinrelay {

// A source of numbers that are uniform in [0, 1). It may be called from any thread. The owner of the process passes it
// in; a test replaces it.
using Random = std::function<double()>;

// A generator for each thread, seeded from the system's entropy. For waits and samples, not for secrets.
Random system_random();

// 64 bits of the system's entropy, for a hash table or a generator. Throws std::exception where the system has none.
// Any thread.
std::uint64_t random_seed();

}  // namespace pinrelay
