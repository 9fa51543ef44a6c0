#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace pinrelay::destination {

// An HTTP date (RFC 9110) in one of its three forms; nothing for any other text. Pure.
std::optional<std::chrono::sys_seconds> http_date(std::string_view text);

}  // namespace pinrelay::destination
