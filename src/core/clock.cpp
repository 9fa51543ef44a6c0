#include "pinrelay/core/clock.hpp"

namespace pinrelay {

Time system_now() { return std::chrono::time_point_cast<Time::duration>(std::chrono::system_clock::now()); }

}  // namespace pinrelay
