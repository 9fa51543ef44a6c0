#include <array>

#include "decode/event/aliases.hpp"
#include "decode/event/event_name.hpp"
#include "decode/event/fingerprint.hpp"
#include "decode/formats/decoders.hpp"
#include "decode/google_tag/google_wire.hpp"
#include "decode/shapes/prepare.hpp"
#include "decode/text/salvage.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "value_count.hpp"

namespace pinrelay::decode {
namespace {

// Tried in this order; the first that takes the request decodes it.
constexpr std::array formats = {
    make_measurement_protocol,  // `events` of which one has a `name`
    make_segment,               // before data_layer, since its `track` calls have an `event`, too
    make_batch,                 // arrays, and envelopes without an event name of their own
    make_event_data,
    make_data_layer,
    make_json_lines,  // only where the body is no JSON document
    make_gtag,        // from here on only where the body is nothing like JSON
    make_data_tag,
    make_form,  // pairs with an event name under one of the JSON forms' keys
    make_universal_analytics,
};

Rejection reject_json(const model::ParseError& error) {
    return rejection_of(error, error.code == model::ParseErrc::TooDeep ? "the JSON document" : "the body");
}

Rejection shares_too_much() {
    return {RejectCode::TooManyValues, "",
            "what this request says for all of its events is too much to be read for each; send fewer events in one "
            "request"};
}

// Why no decoder took the request.
Rejection reject(const Input& input) {
    if (input.json_error) return reject_json(*input.json_error);
    if (input.json) return {RejectCode::NotAnEvent, "", "no event name: event_name, event or an ecommerce action"};
    if (has_version(input, "2")) return {RejectCode::NotAnEvent, "en", "a hit of the Google tag needs a name: en"};
    if (input.body.empty() && !name_in_query(input.request))
        return {RejectCode::EmptyBody, "", "the request has no body"};
    return {RejectCode::NotJson, "", "the body is neither JSON nor any other known form"};
}

void name_form(Members& members, std::string_view name) {
    for (Member& member : members)
        if (auto* event = std::get_if<model::Event>(&member)) event->form = name;
}

}  // namespace

Formats::Formats(const DecodeLimits& limits) : limits_(limits) {
    load_aliases();
    decoders_.reserve(formats.size());
    for (const auto make : formats) decoders_.push_back(make());
}

Decoded Formats::decode(const http::Request& request, model::Arena& arena, Explain explain) const {
    if (auto rejection = too_many_values(request, limits_)) return std::move(*rejection);
    Input input = prepare(request, arena);
    input.explain = explain;
    std::vector<Rejection> lost;
    if (input.json_error) {
        if (auto salvaged = salvage_members(input.body, arena)) {
            input.json = salvaged->document;
            input.json_error.reset();
            lost = std::move(salvaged->lost);
        }
    }
    for (const auto& decoder : decoders_) {
        std::optional<Decoded> decoded = decoder->decode(input, limits_);
        if (!decoded) continue;
        if (input.room.exceeded) return shares_too_much();
        if (auto* members = std::get_if<Members>(&*decoded)) {
            put_reasons(*members, lost);
            name_form(*members, decoder->name());
            set_fingerprints(*members, arena);
        }
        return std::move(*decoded);
    }
    return reject(input);
}

std::vector<std::string_view> Formats::names() const {
    std::vector<std::string_view> names;
    names.reserve(decoders_.size());
    for (const auto& decoder : decoders_) names.push_back(decoder->name());
    return names;
}

}  // namespace pinrelay::decode
