#pragma once

#include <optional>
#include <string>

#include "pinrelay/model/event.hpp"
#include "warning_list.hpp"

namespace pinrelay::destinations::pinterest {

// event_source_url: the page's URL byte for byte, its `epik` included, but with e-mail addresses in its parameters
// replaced by "redacted": clear-text identifiers reach neither the disk nor Pinterest.
std::optional<std::string> page_url(const model::Event& event, WarningList& warnings);

}  // namespace pinrelay::destinations::pinterest
