#pragma once

#include <cstddef>

namespace pinrelay::app {

// How many connections may be open at once where `wanted` are configured and the process may have `descriptors` open
// files: the store, delivery and the admin port must never find that a flood of connections has taken the last one.
// At least 1.
std::size_t connections_within(std::size_t wanted, std::size_t descriptors) noexcept;

// The soft limit of open files that is in force.
std::size_t descriptor_limit() noexcept;

}  // namespace pinrelay::app
