#pragma once

#include <optional>
#include <string>

#include "destinations/pinterest/warning_list.hpp"

namespace pinrelay::destinations::pinterest {

// "new" or "returning", from the words that senders have for them, in any case; nothing for any other word.
std::optional<std::string> customer_type(const std::optional<std::string>& text, WarningList& warnings);

}  // namespace pinrelay::destinations::pinterest
