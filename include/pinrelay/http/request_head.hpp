#pragma once

#include <optional>
#include <string_view>

#include "pinrelay/http/message.hpp"
#include "pinrelay/http/refusal.hpp"

namespace pinrelay::http {

enum class Version { Http10, Http11 };

// What a request's header says about the body and the connection, once it has been found unambiguous.
struct Framing {
    bool chunked = false;
    std::size_t content_length = 0;  // 0 as well when none is given
    bool expects_continue = false;   // the client waits for "100 Continue" before it sends the body

    bool has_body() const noexcept { return chunked || content_length > 0; }
};

// Refuses every header that two servers in a row could read differently: request smuggling begins there. `why` is set
// when nothing is returned.
std::optional<Framing> judge_framing(Version version, const Headers& headers, Refusal& why);

// Splits a request target, origin-form or absolute-form, into path and query. False for any other form.
bool split_target(std::string_view target, std::string& path, std::string& query);

}  // namespace pinrelay::http
