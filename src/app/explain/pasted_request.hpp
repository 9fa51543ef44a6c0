#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "pinrelay/http/message.hpp"

namespace pinrelay::app {

// How a pasted text was read.
struct PastedRequest {
    http::Request request;
    std::string_view kind;  // for people: "a body", "a URL", "a recorded request", "a curl command"; static text
};

// What the text does not say.
struct Pasting {
    std::string path = "/collect";   // of a body, and in the place of another server's path
    http::Headers headers{};         // further ones
    std::string peer = "127.0.0.1";  // the address that it would come from
};

// The request that a text stands for: a URL with the parameters of an event, a recorded request ("POST /collect
// HTTP/1.1", its header and its body; a wrong Content-Length is put right), a curl command as browsers copy it, or else
// the body of a POST. The other alternative says what is wrong with the text. Pure.
std::variant<PastedRequest, std::string> request_of_text(std::string_view text, const Pasting& pasting);

}  // namespace pinrelay::app
