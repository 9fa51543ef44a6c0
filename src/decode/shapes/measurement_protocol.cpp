#include "measurement_protocol.hpp"

#include <algorithm>
#include <utility>

#include "adopt.hpp"
#include "decode/commands/gtag_arguments.hpp"
#include "decode/commands/standing_words.hpp"
#include "decode/event/event_name.hpp"
#include "decode/event/fields.hpp"
#include "decode/text/json_text.hpp"
#include "event_reader.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "simple_event.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

// Which objects win where they speak of the same thing.
enum Scope : unsigned { OfEvent, OfParameters, OfRequest };

bool is_named(const Value& member) {
    const Value* name = member.find("name");
    return name != nullptr && name->is_text() && !identity::is_absent(*name->text());
}

// An envelope of dataLayer pushes has `events`, too; its members are named by other keys.
bool is_foreign(const Value& member) {
    if (is_named(member)) return false;
    return member.is_array() || is_gtag_call(member) || find_name(member).value != nullptr ||
           member.find("ecommerce") != nullptr;
}

std::optional<Rejection> reject_shape(const Value& event, const std::string& pointer) {
    if (!event.is_object()) return Rejection{RejectCode::WrongType, pointer, "an event is a JSON object"};
    const Value* name = event.find("name");
    if (name == nullptr || name->is_null()) return Rejection{RejectCode::NotAnEvent, pointer, "an event needs a name"};
    if (!name->is_text()) {
        return Rejection{RejectCode::WrongType, pointer + "/name", "an event name must be a text"};
    }
    if (identity::is_absent(*name->text())) return Rejection{RejectCode::NotAnEvent, pointer, "an event needs a name"};
    const Value* params = event.find("params");
    if (params == nullptr || params->is_null() || params->is_object()) return std::nullopt;
    // PHP writes an empty map as [].
    if (params->is_array() && params->array()->empty()) return std::nullopt;
    return Rejection{RejectCode::WrongType, pointer + "/params", "params must be an object"};
}

// What all events of a request have in common.
struct Shared {
    const Value& members;  // the request's own, without `events`
    Fields fields;         // what these say
};

Member read_foreign(const Value& value, const Shared& shared, const Reading& reading) {
    const bool adopts = value.is_object() && !reading.shares_too_much;
    const Value whole = adopts ? with_siblings(value, shared.members, "events", reading.arena) : value;
    return read_simple_event(whole, reading.inside(shared.fields, false));
}

// The source holds the event's members, then the request's, so that an operator's pointer reaches both
// ("/params/coupon", "/client_id", "/user_properties/plan/value").
Member read_member(const Value& closed, const Shared& shared, const Reading& reading) {
    if (is_foreign(closed)) return read_foreign(closed, shared, reading);
    const Value value = open_json_texts(closed, reading.arena);
    if (auto rejection = reject_shape(value, reading.pointer)) return std::move(*rejection);
    Fields fields = shared.fields;
    fields.read(value, OfEvent);
    const Value* params = value.find("params");
    if (params != nullptr) fields.read(*params, OfParameters, {}, "params");
    const std::string_view name = *value.find("name")->text();
    if (reading.standing != nullptr && tells_of_consent(name))
        reading.standing->take_consent_push(params == nullptr ? value : *params, fields, tells_of_default(name));
    model::Event event = read_event(name, fields, reading.as(Protocol::Measurement));
    if (event.origins) event.origins->note(&model::Event::name, "name");
    event.source = reading.shares_too_much ? value : with_siblings(value, shared.members, "events", reading.arena);
    return event;
}

}  // namespace

bool is_measurement_protocol(const Value& value) {
    if (find_name(value).value != nullptr) return false;
    const Value* events = value.find("events");
    if (events == nullptr) return false;
    if (const auto list = events->array()) {
        return std::ranges::any_of(*list, is_named) || std::ranges::none_of(*list, is_foreign);
    }
    return events->is_object() && !is_foreign(*events);
}

MeasurementProtocolBody split_measurement_protocol(const Value& whole, model::Arena& arena) {
    MeasurementProtocolBody body;
    const Value* events = whole.find("events");
    body.is_list = events->is_array();
    body.events = body.is_list ? events->items() : Value::Array(events, 1);
    const auto is_shared = [](const Value::Member& member) { return member.key != "events"; };
    body.shared = open_json_texts(model::filtered(whole, arena, is_shared), arena);
    return body;
}

Members read_measurement_protocol(const MeasurementProtocolBody& body, const Reading& reading) {
    Shared shared{body.shared, Fields(reading.arena, reading.explain)};
    shared.fields.read(body.shared, OfRequest);
    if (reading.around != nullptr) shared.fields.fill_from(*reading.around);
    Members members;
    members.reserve(body.events.size());
    for (std::size_t i = 0; i < body.events.size(); ++i) {
        const std::string place = "/events" + (body.is_list ? '/' + std::to_string(i) : std::string());
        members.push_back(read_member(body.events[i], shared, reading.at(place)));
    }
    return members;
}

}  // namespace pinrelay::decode
