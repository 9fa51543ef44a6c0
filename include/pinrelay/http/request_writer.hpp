#pragma once

#include <string>
#include <string_view>

#include "pinrelay/http/message.hpp"

namespace pinrelay::http {

// Why this request must not be written: text that could become a header line or a second request of its own. Empty
// when it may. Names the field, never its value.
std::string refuse_request(const Request& request);

// The bytes of a request that may be written. Host, Content-Length and Connection are set here; others of that name
// are left out.
std::string request_bytes(const Request& request, std::string_view authority);

}  // namespace pinrelay::http
