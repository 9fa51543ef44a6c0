#pragma once

#include <string_view>

#include "pasted_request.hpp"

namespace pinrelay::app {

// The request that a curl command would send, as browsers copy it: its headers, data, method and URL. Other options are
// passed over. What reads files or encodes is not followed, and is an error.
std::variant<PastedRequest, std::string> request_of_curl(std::string_view command, const Pasting& pasting);

}  // namespace pinrelay::app
