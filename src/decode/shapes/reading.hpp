#pragma once

#include <string>
#include <string_view>

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

class Fields;
class StandingWords;

// The protocol of a value. The Measurement Protocol is made for servers: a browser never writes it.
enum class Protocol { Any, Measurement };

// What the readers of one request share, and the place that they have reached in it.
struct Reading {
    const http::Request& request;  // lent
    const DecodeLimits& limits;    // lent
    model::Arena& arena;           // lent: for what is made
    std::string pointer;           // JSON pointer (RFC 6901) of the value; "" is the whole request
    Protocol protocol = Protocol::Any;
    StandingWords* standing = nullptr;  // lent; null pointer in a request of one event
    const Fields* around = nullptr;     // lent: what the wrapping says for all that is in it; null pointer for nothing
    bool shares_too_much = false;       // what the wrapping says is not repeated in each event's source
    ReadingRoom* room = nullptr;        // lent: of the request; null pointer for no bound
    Explain explain = Explain::No;

    // The same at a place below this one: "/events/0".
    Reading at(std::string_view below) const {
        Reading place = *this;
        place.pointer += below;
        return place;
    }

    // The same for a value of that protocol.
    Reading as(Protocol other) const {
        Reading same = *this;
        same.protocol = other;
        return same;
    }

    // The same inside a wrapping.
    Reading inside(const Fields& wrapping, bool too_much) const {
        Reading same = *this;
        same.around = &wrapping;
        same.shares_too_much |= too_much;
        return same;
    }
};

// Of a whole request.
inline Reading reading_of(Input& input, const DecodeLimits& limits) {
    Reading whole{input.request, limits, input.arena, ""};
    whole.room = &input.room;
    whole.explain = input.explain;
    return whole;
}

// Why a request is refused that has more events than `limit`.
inline Rejection too_many_events(std::size_t events, std::size_t limit) {
    return {RejectCode::TooManyEvents, "",
            "this request has " + std::to_string(events) + " events; collect.max_events is " + std::to_string(limit)};
}

}  // namespace pinrelay::decode
