#pragma once

#include <string_view>

namespace pinrelay {

// The project's version, from CMakeLists.txt: "0.1.0".
std::string_view version() noexcept;

}  // namespace pinrelay
