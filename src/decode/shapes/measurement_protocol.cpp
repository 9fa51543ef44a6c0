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
    return name != nullptr && name->text() != nullptr && !identity::is_absent(*name->text());
}

// An envelope of dataLayer pushes has `events`, too; its members are named by other keys.
bool is_foreign(const Value& member) {
    if (is_named(member)) return false;
    return member.array() != nullptr || is_gtag_call(member) || find_name(member).value != nullptr ||
           member.find("ecommerce") != nullptr;
}

std::optional<Rejection> reject_shape(const Value& event, const std::string& pointer) {
    if (event.object() == nullptr) return Rejection{RejectCode::WrongType, pointer, "an event is a JSON object"};
    const Value* name = event.find("name");
    if (name == nullptr || name->is_null()) return Rejection{RejectCode::NotAnEvent, pointer, "an event needs a name"};
    if (name->text() == nullptr) {
        return Rejection{RejectCode::WrongType, pointer + "/name", "an event name must be a text"};
    }
    if (identity::is_absent(*name->text())) return Rejection{RejectCode::NotAnEvent, pointer, "an event needs a name"};
    const Value* params = event.find("params");
    if (params == nullptr || params->is_null() || params->object() != nullptr) return std::nullopt;
    // PHP writes an empty map as [].
    if (params->array() != nullptr && params->array()->empty()) return std::nullopt;
    return Rejection{RejectCode::WrongType, pointer + "/params", "params must be an object"};
}

// What all events of a request have in common.
struct Shared {
    const Value& members;  // the request's own, without `events`
    Fields fields;         // what these say
};

Member read_foreign(Value value, const Shared& shared, const Reading& reading) {
    if (value.object() != nullptr && !reading.shares_too_much) adopt_siblings(value, shared.members, "events");
    return read_simple_event(std::move(value), reading.inside(shared.fields, false));
}

// The source holds the event's members, then the request's, so that an operator's pointer reaches both
// ("/params/coupon", "/client_id", "/user_properties/plan/value").
Member read_member(Value value, const Shared& shared, const Reading& reading) {
    if (is_foreign(value)) return read_foreign(std::move(value), shared, reading);
    open_json_texts(value);
    if (auto rejection = reject_shape(value, reading.pointer)) return std::move(*rejection);
    Fields fields = shared.fields;
    fields.read(value, OfEvent);
    const Value* params = value.find("params");
    if (params != nullptr) fields.read(*params, OfParameters, {}, "params");
    const std::string& name = *value.find("name")->text();
    if (reading.standing != nullptr && tells_of_consent(name))
        reading.standing->take_consent_push(params == nullptr ? value : *params, fields, tells_of_default(name));
    model::Event event = read_event(name, fields, reading.as(Protocol::Measurement));
    if (event.origins) event.origins->note(&model::Event::name, "name");
    event.source = std::move(value);
    if (!reading.shares_too_much) adopt_siblings(event.source, shared.members, "events");
    return event;
}

// The members of `events`, taken out of the request so that nothing is copied.
Value::Array take_events(Value& request) {
    Value::Array events;
    for (Value::Member& member : *request.object()) {
        if (member.key != "events") continue;
        events.clear();
        if (Value::Array* list = member.value.array()) {
            events = std::move(*list);
        } else {
            events.push_back(std::move(member.value));
        }
    }
    return events;
}

}  // namespace

bool is_measurement_protocol(const Value& value) {
    if (find_name(value).value != nullptr) return false;
    const Value* events = value.find("events");
    if (events == nullptr) return false;
    if (const Value::Array* list = events->array()) {
        return std::ranges::any_of(*list, is_named) || std::ranges::none_of(*list, is_foreign);
    }
    return events->object() != nullptr && !is_foreign(*events);
}

MeasurementProtocolBody split_measurement_protocol(Value whole) {
    MeasurementProtocolBody body;
    body.is_list = whole.find("events")->array() != nullptr;
    body.events = take_events(whole);
    body.shared = std::move(whole);
    open_json_texts(body.shared);
    return body;
}

Members read_measurement_protocol(MeasurementProtocolBody body, const Reading& reading) {
    Shared shared{body.shared, Fields(reading.explain)};
    shared.fields.read(body.shared, OfRequest);
    if (reading.around != nullptr) shared.fields.fill_from(*reading.around);
    Members members;
    members.reserve(body.events.size());
    for (std::size_t i = 0; i < body.events.size(); ++i) {
        const std::string place = "/events" + (body.is_list ? '/' + std::to_string(i) : std::string());
        members.push_back(read_member(std::move(body.events[i]), shared, reading.at(place)));
    }
    return members;
}

}  // namespace pinrelay::decode
