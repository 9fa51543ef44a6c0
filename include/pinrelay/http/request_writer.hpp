#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pinrelay/http/message.hpp"

namespace pinrelay::http {

// Why this request must not be written: a part could become a header line or a second request of its own. Names the
// part, never its value. Nothing for a request that may be written.
std::optional<std::string> problem_of_request(const Request& request);

// The bytes of a request without a problem. Sets Host, Content-Length and Connection, and leaves out the request's
// own fields of these names.
std::string request_bytes(const Request& request, std::string_view authority);

}  // namespace pinrelay::http
