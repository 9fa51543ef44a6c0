#pragma once

#include "pinrelay/core/clock.hpp"

namespace pinrelay::deliver {

// The time at which the tests of this folder begin.
inline const Time now{std::chrono::seconds(1'713'571'200)};

}  // namespace pinrelay::deliver
