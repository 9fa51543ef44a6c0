#include "pinrelay/core/version.hpp"

namespace pinrelay {

std::string_view version() noexcept { return PINRELAY_VERSION; }

}  // namespace pinrelay
