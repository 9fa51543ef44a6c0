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

// Why something could not be read. `code` is a metric label: one of a fixed set, never input.
enum class RejectCode {
    EmptyBody,
    NotJson,  // not JSON, nor any other form we know
    TooDeep,
    NotAnEvent,  // JSON, but no event name anywhere
    WrongType,   // an event name that is no string, params that are no object …
    TooManyEvents,
    TooManyItems,
    TooManyParameters,
    UnsupportedForm,  // recognised and not taken: calls of a Segment-like SDK
};
std::string_view to_string(RejectCode code) noexcept;

struct Rejection {
    RejectCode code = RejectCode::NotJson;
    std::string field;    // JSON pointer or key; "" for the whole
    std::string message;  // for people; never a value of the request
    friend bool operator==(const Rejection&, const Rejection&) = default;
};

// Something that is deliberately no event: {"ecommerce":null}, a gtag `config` call, a hit of Universal Analytics.
// Counted, not an error.
struct Ignored {
    std::string_view reason;  // static text, a metric label
};

// One member of a request, judged alone.
using Member = std::variant<model::Event, Rejection, Ignored>;

// A request that could be taken apart. Empty only for an empty array.
using Members = std::vector<Member>;
using Decoded = std::variant<Members, Rejection>;

struct DecodeLimits {
    std::size_t events = 200;
    std::size_t items = 200;
    bool segment = false;  // whether the batches of a Segment-like SDK are read; rejected as UnsupportedForm otherwise
};

// A request prepared for the decoders: the body is stripped and parsed once, whatever the number of formats.
struct Input {
    const http::Request& request;
    std::string_view body;                        // without BOM and outer white space
    std::optional<model::Value> json;             // where the body is one JSON document; a decoder that takes the
                                                  // request may move from it
    std::optional<model::ParseError> json_error;  // where the body begins like JSON and is none
};

// One GA4 wire format. Stateless: safe to call from any thread.
class Decoder {
public:
    virtual ~Decoder() = default;

    virtual std::string_view name() const noexcept = 0;

    // Takes the request, or says that it is none of its own (nullopt, `input` untouched) so that the next decoder is
    // asked. Never throws.
    virtual std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const = 0;
};

// The decoders, in the order in which they are asked. New wire format: one file, one row in src/decode/formats.cpp.
class Formats {
public:
    explicit Formats(const DecodeLimits& limits = {});

    // Content-Type is ignored, since the same JSON is really sent with five of them and with none.
    Decoded decode(const http::Request& request) const;

    // Name of the format of each row, for --help and the docs' test.
    std::vector<std::string_view> names() const;

private:
    DecodeLimits limits_;
    std::vector<std::unique_ptr<const Decoder>> decoders_;
};

}  // namespace pinrelay::decode
