#include <algorithm>
#include <array>
#include <string>

#include "adopt.hpp"
#include "decoders.hpp"
#include "event_name.hpp"
#include "gtag_arguments.hpp"
#include "simple_event.hpp"
#include "ua_ecommerce.hpp"

// Several events in one request: an array, or an envelope around one or many. Each member is judged alone.
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
    const auto found = std::find_if(envelope_keys.begin(), envelope_keys.end(), holds_events);
    return found == envelope_keys.end() ? std::string_view{} : *found;
}

// What is inside an envelope. An object takes over what stands beside it, as in {"event_data":{…},"user_data":{…}}.
Value open_envelope(Value envelope, std::string_view key) {
    Value inside;
    for (Value::Member& member : *envelope.object()) {
        if (member.key == key) inside = std::move(member.value);
    }
    if (inside.object() != nullptr) adopt_siblings(inside, envelope, key);
    return inside;
}

class Unwrapping {
public:
    Unwrapping(const http::Request& request, const DecodeLimits& limits) : request_(request), limits_(limits) {}

    void take(Value value, const std::string& pointer, unsigned level) {
        if (members_.size() > limits_.events) return;
        Value::Array* list = is_gtag_call(value) ? nullptr : value.array();
        const std::string_view key = list != nullptr ? std::string_view{} : envelope_key(value);
        if (list == nullptr && key.empty()) {
            members_.push_back(read_simple_event(std::move(value), request_, limits_, pointer));
            return;
        }
        if (level == deepest_level) {
            members_.push_back(Rejection{RejectCode::NotAnEvent, pointer, "wrapped too often"});
            return;
        }
        if (list != nullptr) return take_each(*list, pointer, level);
        const std::string inside = pointer + '/' + std::string(key);
        take(open_envelope(std::move(value), key), inside, level + 1);
    }

    Decoded finish() {
        if (members_.size() <= limits_.events) return std::move(members_);
        return Rejection{RejectCode::TooManyEvents, "", "more events than this relay takes in one request"};
    }

private:
    void take_each(Value::Array& list, const std::string& pointer, unsigned level) {
        for (std::size_t i = 0; i < list.size() && members_.size() <= limits_.events; ++i) {
            take(std::move(list[i]), pointer + '/' + std::to_string(i), level + 1);
        }
    }

    const http::Request& request_;
    const DecodeLimits& limits_;
    Members members_;
};

class Batch final : public Decoder {
public:
    std::string_view name() const noexcept override { return "batch"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        if (!input.json || is_gtag_call(*input.json)) return std::nullopt;
        if (input.json->array() == nullptr && envelope_key(*input.json).empty()) return std::nullopt;
        Unwrapping unwrapping(input.request, limits);
        unwrapping.take(std::move(*input.json), "", 0);
        return unwrapping.finish();
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_batch() { return std::make_unique<Batch>(); }

}  // namespace pinrelay::decode
