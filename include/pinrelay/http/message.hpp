#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

// The first header of that name, compared without case; null pointer where there is none.
const std::string* find_header(const Headers& headers, std::string_view name) noexcept;

// A request, as data. No I/O type appears here, so that everything behind the connection is pure.
struct Request {
    std::string method = "GET";
    std::string path;   // percent-encoding left as it came; always begins with '/'
    std::string query;  // without '?', raw
    Headers headers;
    std::string body;
    std::optional<std::string> peer_address{};  // of the connection, without port; only of a request that we received
    Time received{};

    const std::string* header(std::string_view name) const noexcept { return find_header(headers, name); }

    // The first value of that key in the query, percent- and plus-decoded.
    std::optional<std::string> query_value(std::string_view key) const;
};

struct Response {
    int status = 200;
    Headers headers;  // Content-Length and Connection are the connection's business
    std::string body;

    const std::string* header(std::string_view name) const noexcept { return find_header(headers, name); }
};

// A JSON answer with `Cache-Control: no-store`. `body` is ready JSON text.
Response json_response(int status, std::string body);

// {"error":{"code","field","message"}}; `field` is left out when empty.
Response error_response(int status, std::string_view code, std::string_view field, std::string_view message);

// Percent-decoding of one query or form component; '+' is a space. Bad escapes are left as they came.
std::string percent_decode(std::string_view text);

}  // namespace pinrelay::http
