#pragma once

#include <cstddef>
#include <string_view>

#include "pinrelay/http/refusal.hpp"

namespace pinrelay::http {

// Watches the raw bytes of a request's head while they arrive and refuses at the first line that is not exactly what
// RFC 9112 allows. It stands in front of the parser because that one is lenient where two parsers can disagree: bare
// line feeds, folded lines, control bytes, blanks before the colon.
class HeadScanner {
public:
    enum class State { NeedMore, Complete, Refused };

    HeadScanner(std::size_t byte_limit, std::size_t field_limit) : limit_(byte_limit), field_limit_(field_limit) {}

    // `head`: all bytes received of this request so far, from its first one; bytes behind the head are not looked at.
    State scan(std::string_view head);

    // How long the head is, with its blank line. Only when complete.
    std::size_t size() const noexcept { return line_start_; }

    // Only when refused.
    const Refusal& refusal() const noexcept { return refusal_; }

private:
    State refuse(const Refusal& why);
    State judge_line(std::string_view line);

    std::size_t limit_;
    std::size_t field_limit_;
    std::size_t line_start_ = 0;
    std::size_t checked_ = 0;  // bytes before here need no second look
    std::size_t fields_ = 0;
    bool in_fields_ = false;
    bool complete_ = false;
    Refusal refusal_;
};

}  // namespace pinrelay::http
