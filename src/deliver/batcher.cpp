#include "batcher.hpp"

namespace pinrelay::deliver {
using std::chrono::milliseconds;

std::optional<milliseconds> Batcher::due_in(std::size_t waiting, Time oldest, Time now) const {
    if (waiting == 0) return std::nullopt;
    if (waiting >= full_) return milliseconds(0);
    // A record from the future means that the clock was set back: how long it has waited is not known, so it goes now.
    if (oldest > now || now - oldest >= linger_) return milliseconds(0);
    return std::chrono::ceil<milliseconds>(linger_ - (now - oldest));
}

}  // namespace pinrelay::deliver
