#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

// The value of the first header of that name, in any case of letters. Null if there is none. The pointer is valid until
// the headers change.
const std::string* find_header(const Headers& headers, std::string_view name) noexcept;

// A request as data. It holds no I/O type, so that code after the connection stays pure.
struct Request {
    std::string method = "GET";
    std::string path;   // still percent-encoded; begins with '/'
    std::string query;  // still percent-encoded; without '?'
    Headers headers;
    std::string body;
    std::optional<std::string> peer_address{};  // of the connection, without port; only of a request that we received
    Time received{};

    const std::string* header(std::string_view name) const noexcept { return find_header(headers, name); }

    // The first value of that key in the query, decoded. Nothing if the key is missing; "" for a key without '='.
    std::optional<std::string> query_value(std::string_view key) const;
};

struct Response {
    int status = 200;
    Headers headers;  // without Content-Length and Connection, which the connection adds
    std::string body;

    const std::string* header(std::string_view name) const noexcept { return find_header(headers, name); }
};

// A JSON answer with `Cache-Control: no-store`. `body` must be JSON.
Response json_response(int status, std::string body);

// A JSON answer with the body {"error":{"code","field","message"}}. An empty `field` is left out.
Response error_response(int status, std::string_view code, std::string_view field, std::string_view message);

// Decodes one component of a query or of a form: "%2F" is a byte, '+' is a space. Malformed escapes stay as they are.
std::string percent_decode(std::string_view text);

}  // namespace pinrelay::http
