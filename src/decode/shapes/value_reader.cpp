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
        return inside != nullptr && (inside->object() != nullptr || inside->array() != nullptr);
    };
    const auto found = std::ranges::find_if(envelope_keys, holds_events);
    return found == envelope_keys.end() ? std::string_view{} : *found;
}

Value take_member(Value& object, std::string_view key) {
    Value inside;
    for (Value::Member& member : *object.object()) {
        if (member.key == key) inside = std::move(member.value);
    }
    return inside;
}

// Other lists of events are not for the members of this one: each would be read once for every member.
void leave_what_is_shared(Value& envelope) {
    std::erase_if(*envelope.object(), [](const Value::Member& member) {
        return std::ranges::find(envelope_keys, member.key) != envelope_keys.end();
    });
}

// What only a page's data layer holds: the arguments of gtag, and GTM's own messages.
bool is_of_a_data_layer(const Value& value) {
    if (is_gtag_call(value)) return true;
    const NameMember name = find_name(value);
    const std::string* text = name.value == nullptr ? nullptr : name.value->text();
    return text != nullptr && text->starts_with("gtm.");
}

// About how many events a value holds that is not read for want of room.
std::size_t count_events(const Value& value, unsigned level) {
    if (level == deepest_level || is_gtag_call(value)) return 1;
    if (const Value::Array* list = value.array()) {
        std::size_t sum = 0;
        for (const Value& one : *list) sum += count_events(one, level + 1);
        return sum;
    }
    const std::string_view key = envelope_key(value);
    return key.empty() ? 1 : count_events(*value.find(key), level + 1);
}

}  // namespace

bool is_envelope(const Value& value) { return !envelope_key(value).empty(); }

void ValueReader::read(Value value, const Reading& reading) {
    Reading own = reading;
    own.standing = &standing_;
    read(std::move(value), own, 0);
}

void ValueReader::read(Value value, const Reading& reading, unsigned level) {
    if (is_full()) {
        surplus_ += count_events(value, level);
        return;
    }
    if (value.text() != nullptr && level < deepest_level) {
        if (auto inside = structure_in_text(value)) return read(std::move(*inside), reading, level + 1);
    }
    const bool is_call = is_gtag_call(value);
    if (!is_call && is_measurement_protocol(value)) return read_body(std::move(value), reading);
    Value::Array* list = is_call ? nullptr : value.array();
    if (list == nullptr && !is_envelope(value)) {
        members_.push_back(read_simple_event(std::move(value), reading));
        return;
    }
    if (level == deepest_level) return add({RejectCode::NotAnEvent, reading.pointer, "wrapped too often"});
    if (list != nullptr) return read_each(*list, reading, level + 1);
    open(std::move(value), reading, level);
}

void ValueReader::add(Rejection rejection) {
    if (is_full()) {
        ++surplus_;
    } else {
        members_.emplace_back(std::move(rejection));
    }
}

void ValueReader::read_each(Value::Array& list, const Reading& reading, unsigned level) {
    if (std::ranges::any_of(list, is_of_a_data_layer)) standing_.see_data_layer();
    for (std::size_t i = 0; i < list.size(); ++i) {
        read(std::move(list[i]), reading.at('/' + std::to_string(i)), level);
    }
}

void ValueReader::read_body(Value value, const Reading& reading) {
    MeasurementProtocolBody body = split_measurement_protocol(std::move(value));
    if (std::ranges::any_of(body.events, is_of_a_data_layer)) standing_.see_data_layer();
    if (body.events.size() > limits_.events - members_.size()) {
        surplus_ += body.events.size();
        return;
    }
    Reading place = reading;
    place.shares_too_much |= !may_share(body.events.size(), body.shared);
    Members more = read_measurement_protocol(std::move(body), place);
    std::move(more.begin(), more.end(), std::back_inserter(members_));
}

// What is inside takes over what stands beside it, as in {"event_data":{…},"user_data":{…}}.
void ValueReader::open(Value envelope, const Reading& reading, unsigned level) {
    open_json_texts(envelope);
    const std::string_view key = envelope_key(envelope);
    const Reading place = reading.at('/' + std::string(key));
    Value inside = take_member(envelope, key);
    Value::Array* list = is_gtag_call(inside) ? nullptr : inside.array();
    if (list != nullptr) leave_what_is_shared(envelope);
    Fields around(reading.explain);
    around.read(envelope);
    if (reading.around != nullptr) around.fill_from(*reading.around);
    if (list == nullptr) {
        if (inside.object() != nullptr) adopt_siblings(inside, envelope, key);
        return read(std::move(inside), place.inside(around, false), level + 1);
    }
    const bool is_shared = may_share(list->size(), envelope);
    for (Value& member : *list) {
        if (is_shared && member.object() != nullptr) adopt_siblings(member, envelope, key);
    }
    read(std::move(inside), place.inside(around, !is_shared), level + 1);
}

bool ValueReader::may_share(std::size_t count, const Value& shared) {
    if (shared.object()->empty()) return true;
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
