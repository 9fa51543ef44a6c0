#pragma once

#include <string>
#include <string_view>

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// The protocol of a value. The Measurement Protocol is made for servers: a browser never writes it.
enum class Protocol { Any, Measurement };

// What the readers of one request share, and the place that they have reached in it.
struct Reading {
    const http::Request& request;  // lent
    const DecodeLimits& limits;    // lent
    std::string pointer;           // JSON pointer (RFC 6901) of the value; "" is the whole request
    Protocol protocol = Protocol::Any;

    // The same at a place below this one: "/events/0".
    Reading at(std::string_view below) const { return {request, limits, pointer + std::string(below), protocol}; }

    // The same for a value of that protocol.
    Reading as(Protocol other) const { return {request, limits, pointer, other}; }
};

}  // namespace pinrelay::decode
