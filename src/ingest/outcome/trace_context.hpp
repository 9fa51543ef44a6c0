#pragma once

#include <string_view>

#include "pinrelay/http/message.hpp"

namespace pinrelay::ingest {

// The trace that a request belongs to, as its sender knows it. Both ids are lower-case hexadecimal digits; "" where the
// request names none. The texts belong to the request.
struct TraceContext {
    std::string_view trace_id;  // 32 digits
    std::string_view span_id;   // 16 digits
};

// Reads the header `traceparent` (https://www.w3.org/TR/trace-context/). One that is not in its form is ignored.
TraceContext trace_context(const http::Request& request) noexcept;

}  // namespace pinrelay::ingest
