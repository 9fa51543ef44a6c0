#pragma once

#include <string>
#include <string_view>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::http {

// The part of an answer's header that the connection decides.
struct AnswerFrame {
    bool keep_alive = true;
    bool is_open = false;         // the body has no length, and ends with the connection
    bool say_keep_alive = false;  // a client of HTTP/1.0 needs the header to keep the connection
    std::string_view date;        // as http_date() writes it
};

// Appends the status line and the header of an answer to `out`. Fields that a handler must not set are left out: fields
// of framing, and values with a line break. So a handler cannot split an answer in two.
void append_head(std::string& out, const Response& response, const AnswerFrame& frame);

// Whether an answer of this status can have a body.
bool status_allows_body(int status) noexcept;

// "Sun, 06 Nov 1994 08:49:37 GMT", to the second.
std::string http_date(Time time);

}  // namespace pinrelay::http
