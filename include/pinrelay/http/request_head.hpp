#pragma once

#include <optional>
#include <string_view>

#include "pinrelay/http/message.hpp"
#include "pinrelay/http/refusal.hpp"

namespace pinrelay::http {

enum class Version { Http10, Http11 };

// What an unambiguous header says about the body.
struct Framing {
    bool chunked = false;
    std::size_t content_length = 0;  // in bytes; also 0 if the header is absent
    bool expects_continue = false;   // the client waits for "100 Continue" before it sends the body

    bool has_body() const noexcept { return chunked || content_length > 0; }
};

// Refuses every header that two servers in a row could read differently, since request smuggling needs such headers.
// If it returns nothing, `why` is the reason. Never throws.
std::optional<Framing> judge_framing(Version version, const Headers& headers, Refusal& why);

// Splits a request target in origin form or absolute form into path and query. False for any other form; then `path`
// and `query` are unspecified.
bool split_target(std::string_view target, std::string& path, std::string& query);

}  // namespace pinrelay::http
