#include "value_reader.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "adopt.hpp"
#include "decode/event/event_name.hpp"
#include "gtag_arguments.hpp"
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

}  // namespace

bool is_envelope(const Value& value) { return !envelope_key(value).empty(); }

void ValueReader::read(Value value, const Reading& reading, unsigned level) {
    if (is_full()) return;
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

void ValueReader::read_each(Value::Array& list, const Reading& reading, unsigned level) {
    for (std::size_t i = 0; i < list.size() && !is_full(); ++i) {
        read(std::move(list[i]), reading.at('/' + std::to_string(i)), level);
    }
}

void ValueReader::read_body(Value value, const Reading& reading) {
    MeasurementProtocolBody body = split_measurement_protocol(std::move(value));
    if (!may_share(body.events.size(), body.shared)) return;
    Members more = read_measurement_protocol(std::move(body), reading);
    std::move(more.begin(), more.end(), std::back_inserter(members_));
}

// What is inside takes over what stands beside it, as in {"event_data":{…},"user_data":{…}}.
void ValueReader::open(Value envelope, const Reading& reading, unsigned level) {
    const std::string_view key = envelope_key(envelope);
    const Reading place = reading.at('/' + std::string(key));
    Value inside = take_member(envelope, key);
    Value::Array* list = is_gtag_call(inside) ? nullptr : inside.array();
    if (list == nullptr) {
        if (inside.object() != nullptr) adopt_siblings(inside, envelope, key);
        return read(std::move(inside), place, level + 1);
    }
    leave_what_is_shared(envelope);
    if (!envelope.object()->empty()) {
        if (!may_share(list->size(), envelope)) return;
        for (Value& member : *list) {
            if (member.object() != nullptr) adopt_siblings(member, envelope, key);
        }
    }
    read(std::move(inside), place, level + 1);
}

bool ValueReader::may_share(std::size_t count, const Value& shared) {
    // Refused for its length alone, so that the product below cannot overflow.
    if (count > limits_.events) {
        shares_too_much_ = true;
        return false;
    }
    shared_bytes_ += count * weight(shared);
    shares_too_much_ = shared_bytes_ > most_shared_bytes;
    return !shares_too_much_;
}

Decoded ValueReader::finish() {
    if (!is_full()) return std::move(members_);
    return Rejection{RejectCode::TooManyEvents, "", "more events than this relay takes in one request"};
}

}  // namespace pinrelay::decode
