#pragma once

#include <string>
#include <string_view>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::http {

// What the connection adds to a handler's answer.
struct AnswerFrame {
    bool keep_alive = true;
    bool say_keep_alive = false;  // HTTP/1.0 has to be told
    std::string_view date;        // as http_date() writes it
};

// The status line and header of an answer as bytes, appended to `out`. A field that a handler should not have set
// (framing, a value with a line break) is left out: an answer can never be split in two.
void append_head(std::string& out, const Response& response, const AnswerFrame& frame);

// Whether an answer of this status has a body at all.
bool status_allows_body(int status) noexcept;

// "Sun, 06 Nov 1994 08:49:37 GMT", to the second.
std::string http_date(Time time);

}  // namespace pinrelay::http
