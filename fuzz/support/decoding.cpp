#include "decoding.hpp"

#include "decode/event/fingerprint.hpp"
#include "decode/shapes/prepare.hpp"
#include "event_checks.hpp"
#include "request_text.hpp"
#include "require.hpp"

namespace pinrelay::fuzz {
namespace {

std::optional<decode::Decoded> decode_once(const decode::Decoder& decoder, const http::Request& request,
                                           const decode::DecodeLimits& limits, model::Arena& arena) {
    decode::Input input = decode::prepare(request, arena);
    const std::optional<model::Value> before = input.json;
    std::optional<decode::Decoded> decoded = decoder.decode(input, limits);
    if (!decoded) require(input.json == before, "a decoder that does not take a request leaves it as it is");
    auto* members = decoded ? std::get_if<decode::Members>(&*decoded) : nullptr;
    if (members != nullptr) decode::set_fingerprints(*members, arena);
    return decoded;
}

void check_twice(const decode::Decoded& decoded, const decode::Decoded& again) {
    check_decoded(decoded, low_limits);
    require(is_same(decoded, again), "a request is decoded to the same each time");
}

}  // namespace

void decode_with(std::unique_ptr<const decode::Decoder> decoder, std::string_view input) {
    const http::Request request = read_request(input);
    model::Arena arena;
    const auto decoded = decode_once(*decoder, request, low_limits, arena);
    const auto again = decode_once(*decoder, request, low_limits, arena);
    require(decoded.has_value() == again.has_value(), "a request is taken each time or never");
    if (decoded) check_twice(*decoded, *again);
    if (const auto limited = decode_once(*decoder, request, lowest_limits, arena))
        check_decoded(*limited, lowest_limits);
}

void decode_with_all(std::string_view input) {
    static const decode::Formats formats(low_limits);
    static const decode::Formats limited(lowest_limits);
    const http::Request request = read_request(input);
    model::Arena arena;
    check_twice(formats.decode(request, arena), formats.decode(request, arena));
    check_decoded(limited.decode(request, arena), lowest_limits);
}

}  // namespace pinrelay::fuzz
