#pragma once

#include <cstdint>
#include <functional>

namespace pinrelay::spool {

// Learns how far a long piece of work is. `all` is 0 while it is not known. It is called often, on the thread that
// works, and must not throw.
using Progress = std::function<void(std::uint64_t done, std::uint64_t all)>;

}  // namespace pinrelay::spool
