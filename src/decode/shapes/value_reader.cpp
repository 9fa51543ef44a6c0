#include "value_reader.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "adopt.hpp"
#include "decode/commands/gtag_arguments.hpp"
#include "decode/event/event_name.hpp"
#include "decode/event/fields.hpp"
#include "decode/text/json_text.hpp"
#include "measurement_protocol.hpp"
#include "simple_event.hpp"
#include "ua_ecommerce.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

constexpr std::array<std::string_view, 4> envelope_keys = {"data", "event_data", "events_data", "events"};

// Real senders wrap once or twice; the bound keeps a hostile body from making work.
constexpr unsigned deepest_level = 4;

// The key that an envelope wraps its events in; "" where the object is none, or is an event itself.
std::string_view envelope_key(const Value& value) {
    if (find_name(value).value != nullptr || find_ecommerce_action(value)) return {};
    const auto holds_events = [&value](std::string_view key) {
        const Value* inside = value.find(key);
        return inside != nullptr && (inside->is_object() || inside->is_array());
    };
    const auto found = std::ranges::find_if(envelope_keys, holds_events);
    return found == envelope_keys.end() ? std::string_view{} : *found;
}

// Other lists of events are not for the members of this one: each would be read once for every member.
Value without_what_is_shared(const Value& envelope, model::Arena& arena) {
    return model::filtered(envelope, arena, [](const Value::Member& member) {
        return std::ranges::find(envelope_keys, member.key) == envelope_keys.end();
    });
}

Value without(const Value& envelope, std::string_view key, model::Arena& arena) {
    return model::filtered(envelope, arena, [key](const Value::Member& member) { return member.key != key; });
}

// The list, in which each event has what stands beside the list.
Value each_with_siblings(Value::Array list, const Value& envelope, std::string_view key, model::Arena& arena) {
    if (envelope.members().empty()) return Value(list);
    const auto events = arena.room<Value>(list.size());
    std::ranges::transform(list, events.begin(), [&](const Value& event) {
        return event.is_object() ? with_siblings(event, envelope, key, arena) : event;
    });
    return Value(Value::Array(events));
}

// What only a page's data layer holds: the arguments of gtag, and GTM's own messages.
bool is_of_a_data_layer(const Value& value) {
    if (is_gtag_call(value)) return true;
    const NameMember name = find_name(value);
    const auto text = name.value == nullptr ? std::nullopt : name.value->text();
    return text && text->starts_with("gtm.");
}

// About how many events a value holds that is not read for want of room.
std::size_t count_events(const Value& value, unsigned level) {
    if (level == deepest_level || is_gtag_call(value)) return 1;
    if (const auto list = value.array()) {
        std::size_t sum = 0;
        for (const Value& one : *list) sum += count_events(one, level + 1);
        return sum;
    }
    const std::string_view key = envelope_key(value);
    return key.empty() ? 1 : count_events(*value.find(key), level + 1);
}

}  // namespace

bool is_envelope(const Value& value) { return !envelope_key(value).empty(); }

void ValueReader::read(const Value& value, const Reading& reading) {
    Reading own = reading;
    own.standing = &standing_;
    read(value, own, 0);
}

void ValueReader::read(const Value& value, const Reading& reading, unsigned level) {
    if (is_full()) {
        surplus_ += count_events(value, level);
        return;
    }
    if (value.is_text() && level < deepest_level) {
        if (const auto inside = structure_in_text(value, reading.arena)) return read(*inside, reading, level + 1);
    }
    const bool is_call = is_gtag_call(value);
    if (!is_call && is_measurement_protocol(value)) return read_body(value, reading);
    const auto list = is_call ? std::nullopt : value.array();
    if (!list && !is_envelope(value)) {
        members_.push_back(read_simple_event(value, reading));
        return;
    }
    if (level == deepest_level) return add({RejectCode::NotAnEvent, reading.pointer, "wrapped too often"});
    if (list) return read_each(*list, reading, level + 1);
    open(value, reading, level);
}

void ValueReader::add(Rejection rejection) {
    if (is_full()) {
        ++surplus_;
    } else {
        members_.emplace_back(std::move(rejection));
    }
}

void ValueReader::read_each(Value::Array list, const Reading& reading, unsigned level) {
    if (std::ranges::any_of(list, is_of_a_data_layer)) standing_.see_data_layer();
    for (std::size_t i = 0; i < list.size(); ++i) {
        read(list[i], reading.at('/' + std::to_string(i)), level);
    }
}

void ValueReader::read_body(const Value& value, const Reading& reading) {
    const MeasurementProtocolBody body = split_measurement_protocol(value, reading.arena);
    if (std::ranges::any_of(body.events, is_of_a_data_layer)) standing_.see_data_layer();
    if (body.events.size() > limits_.events - members_.size()) {
        surplus_ += body.events.size();
        return;
    }
    Reading place = reading;
    place.shares_too_much |= !may_share(body.events.size(), body.shared);
    Members more = read_measurement_protocol(body, place);
    std::move(more.begin(), more.end(), std::back_inserter(members_));
}

// What is inside takes over what stands beside it, as in {"event_data":{…},"user_data":{…}}.
void ValueReader::open(const Value& closed, const Reading& reading, unsigned level) {
    model::Arena& arena = reading.arena;
    Value envelope = open_json_texts(closed, arena);
    const std::string_view key = envelope_key(envelope);
    const Reading place = reading.at('/' + std::string(key));
    const Value inside = *envelope.find(key);
    const auto list = is_gtag_call(inside) ? std::nullopt : inside.array();
    envelope = list ? without_what_is_shared(envelope, arena) : without(envelope, key, arena);
    Fields around(arena, reading.explain);
    around.read(envelope);
    if (reading.around != nullptr) around.fill_from(*reading.around);
    if (!list) {
        const Value whole = inside.is_object() ? with_siblings(inside, envelope, key, arena) : inside;
        return read(whole, place.inside(around, false), level + 1);
    }
    const bool is_shared = may_share(list->size(), envelope);
    const Reading within = place.inside(around, !is_shared);
    read(is_shared ? each_with_siblings(*list, envelope, key, arena) : inside, within, level + 1);
}

bool ValueReader::may_share(std::size_t count, const Value& shared) {
    if (shared.members().empty()) return true;
    // Compared first, so that the product below cannot overflow.
    if (count > limits_.events) return false;
    const std::size_t bytes = count * weight(shared);
    if (shared_bytes_ + bytes > most_shared_bytes) return false;
    shared_bytes_ += bytes;
    return true;
}

Decoded ValueReader::finish() {
    if (surplus_ == 0) return std::move(members_);
    return too_many_events(members_.size() + surplus_, limits_.events);
}

}  // namespace pinrelay::decode
