#pragma once

#include <cstdint>

namespace pinrelay::test {

// Calls of malloc, calloc and realloc since the start of the program, those of C libraries included.
std::uint64_t allocations() noexcept;

}  // namespace pinrelay::test
