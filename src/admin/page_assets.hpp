#pragma once

#include <optional>
#include <string_view>

#include "pinrelay/http/message.hpp"

namespace pinrelay::admin {

// A file of the page: the folder src/admin/page, put into the program when it is built. "/" is index.html, "/page/x"
// the others. Nothing where there is no such file.
std::optional<http::Response> find_asset(std::string_view path);

bool is_asset(std::string_view path) noexcept;

}  // namespace pinrelay::admin
