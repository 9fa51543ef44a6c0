#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pinrelay/http/message.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::decode {

// Why a request or a member of it could not be read.
enum class RejectCode {
    EmptyBody,
    NotJson,  // neither JSON nor another known form
    TooDeep,
    NotAnEvent,  // JSON without an event name
    WrongType,   // an event name that is not a string, params that are not an object …
    TooManyEvents,
    TooManyValues,    // values of all kinds: JSON values, pairs of a form, parameters of a URL
    UnsupportedForm,  // recognised but not accepted: calls of a Segment-style SDK
};

// The metric label of a code: "not_json".
std::string_view to_string(RejectCode code) noexcept;

struct Rejection {
    RejectCode code = RejectCode::NotJson;
    // Where it is: the JSON pointer (RFC 6901) from the root of the request to the member or to what is wrong in it,
    // never from the member on: "/1", "/events/1/params". The number of a line is a first step ("/3"). Of a query, the
    // key. "" is the whole request.
    std::string field;
    std::string message;  // for people; holds no value of the request
    friend bool operator==(const Rejection&, const Rejection&) = default;
};

// A member that is not meant to be an event: {"ecommerce":null}, a gtag `config` call, a hit of Universal Analytics.
// It is counted and is not an error.
struct Ignored {
    std::string_view reason;  // static text, a metric label
};

// One member of a request. Each is judged alone.
using Member = std::variant<model::Event, Rejection, Ignored>;

// The members of a request, in its order. Empty only for an empty array.
using Members = std::vector<Member>;
using Decoded = std::variant<Members, Rejection>;

struct DecodeLimits {
    std::size_t events = 5'000;   // of one request; more are refused as a whole
    std::size_t values = 60'000;  // of one request, as values_at_most() counts; more are refused as a whole, unread
    std::size_t items = 5'000;    // of one event; of more only the quantities are kept, in Event::unlisted_units
    bool segment = false;         // accepts calls of Segment-style SDKs, else they are an UnsupportedForm
    bool item_sources = false;    // keeps model::Item::source
};

// How much the events of one request may read together, in bytes of the values that they find. What a request says
// once for all of its events is read for each of them, so that without a bound a short request could make work for
// minutes.
struct ReadingRoom {
    std::size_t left = 0;
    bool exceeded = false;

    // False, and for good, where that is more than is left.
    bool take(std::size_t bytes) noexcept {
        exceeded = exceeded || bytes > left;
        if (!exceeded) left -= bytes;
        return !exceeded;
    }
};

// Whether events get their model::Event::origins.
enum class Explain { No, Yes };

// A request prepared for the decoders. The body is parsed once for all of them.
struct Input {
    const http::Request& request;  // lent
    std::string_view body;         // without byte order mark and outer white space; points into the request
    model::Arena& arena;           // lent: for what the request is read into
    // Present if the body is one JSON document.
    std::optional<model::Value> json;
    // Present if the body begins like JSON and is not JSON.
    std::optional<model::ParseError> json_error;
    ReadingRoom room{};
    Explain explain = Explain::No;
};

// One GA4 wire format. Immutable, so safe to call from any thread.
class Decoder {
public:
    virtual ~Decoder() = default;

    virtual std::string_view name() const noexcept = 0;

    // Decodes the request. Nothing if the request is of another format; `input` is then unchanged. A Rejection if the
    // whole request is of this format and cannot be read. Throws std::bad_alloc only.
    virtual std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const = 0;
};

// All decoders. The first one that accepts a request decodes it. A new wire format is one file and one row in
// src/decode/formats.cpp. Immutable, so safe to use from any thread.
class Formats {
public:
    explicit Formats(const DecodeLimits& limits = {});

    // The events of a request, or the Rejection of the whole. The events are views of the request and of what is made
    // in the arena; both must outlive them. Ignores Content-Type: senders use five different ones for the same JSON, or
    // none. Throws std::bad_alloc only.
    Decoded decode(const http::Request& request, model::Arena& arena, Explain explain = Explain::No) const;

    // The names of the formats, in the order of the decoders.
    std::vector<std::string_view> names() const;

private:
    DecodeLimits limits_;
    std::vector<std::unique_ptr<const Decoder>> decoders_;
};

}  // namespace pinrelay::decode
