#include "prepare.hpp"

#include <algorithm>
#include <array>

#include "decode/text/json_text.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {
namespace {

// What wraps events. Some senders write it as JSON text.
constexpr std::array<std::string_view, 5> wrapping_keys = {"data", "event_data", "events_data", "events", "batch"};

// An event's own values: in memory they are up to some twenty times as long as their text.
constexpr std::size_t room_for_each_byte = 24;

// And what all of its events share: five thousand that share a person, or two hundred that share a list of items.
constexpr std::size_t shared_room = std::size_t{8} * 1024 * 1024;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view strip(std::string_view body) noexcept {
    body = ascii::trimmed(body);
    if (body.starts_with(byte_order_mark)) body = ascii::trimmed(body.substr(byte_order_mark.size()));
    return body;
}

model::Value open_wrapping(const model::Value& body, model::Arena& arena) {
    return model::with_values(body, arena, [&arena](const model::Value::Member& member) {
        if (std::ranges::find(wrapping_keys, member.key) == wrapping_keys.end()) return member.value;
        return structure_in_text(member.value, arena).value_or(member.value);
    });
}

}  // namespace

Input prepare(const http::Request& request, model::Arena& arena) {
    Input input{request, strip(request.body), arena, std::nullopt, std::nullopt, {}, Explain::No};
    input.room.left = room_for_each_byte * (request.query.size() + request.body.size()) + shared_room;
    // A body that was turned into JSON twice is a JSON text.
    if (input.body.starts_with('"')) input.json = structure_in_text(model::Value(input.body), arena);
    if (input.json) input.json = open_wrapping(*input.json, arena);
    if (!input.body.starts_with('{') && !input.body.starts_with('[')) return input;
    auto parsed = model::parse_json(input.body, arena);
    if (const auto* value = std::get_if<model::Value>(&parsed))
        input.json = open_wrapping(*value, arena);
    else
        input.json_error = std::get<model::ParseError>(std::move(parsed));
    return input;
}

}  // namespace pinrelay::decode
