#pragma once

#include <string_view>

#include "pinrelay/http/message.hpp"

namespace pinrelay::http {

// Why a request is refused. Always 4xx: a request from a stranger must not look like a failure of the relay.
struct Refusal {
    int status = 400;
    std::string_view code;     // a metric label of a fixed set
    std::string_view message;  // for people; the same for every request with this code

    bool operator==(const Refusal&) const = default;
};

// The refusals of the connection itself, before a handler sees the request.
namespace refusals {
inline constexpr Refusal request_line{400, "bad_request_line",
                                      "the request line is not METHOD target HTTP/1.0 or HTTP/1.1"};
inline constexpr Refusal target{400, "bad_target", "the target must be a path or an absolute http URL"};
inline constexpr Refusal header{400, "bad_header", "a header line is malformed"};
inline constexpr Refusal host{400, "bad_host", "exactly one well-formed Host is required"};
inline constexpr Refusal framing{400, "bad_framing",
                                 "the length of the body is not stated in exactly one readable way"};
inline constexpr Refusal chunk{400, "bad_chunk", "the chunked body is malformed"};
inline constexpr Refusal no_room{503, "busy", "too many long requests wait; send this one again"};
inline constexpr Refusal timeout{408, "timeout", "the request did not arrive in time"};
inline constexpr Refusal body_too_large{413, "body_too_large", "the body is larger than this server takes"};
inline constexpr Refusal target_too_long{414, "target_too_long", "the request line is longer than this server takes"};
inline constexpr Refusal expectation{417, "bad_expectation", "the only expectation met here is 100-continue"};
inline constexpr Refusal header_too_large{431, "header_too_large", "the header is larger than this server takes"};
}  // namespace refusals

inline Response to_response(const Refusal& refusal) {
    return error_response(refusal.status, refusal.code, "", refusal.message);
}

}  // namespace pinrelay::http
