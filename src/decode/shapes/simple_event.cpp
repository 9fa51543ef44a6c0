#include "simple_event.hpp"

#include <utility>

#include "decode/event/event_name.hpp"
#include "decode/event/fields.hpp"
#include "event_reader.hpp"
#include "gtag_arguments.hpp"
#include "ua_ecommerce.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

bool is_clear_push(const Value& value) {
    const Value* ecommerce = value.find("ecommerce");
    return ecommerce != nullptr && ecommerce->is_null();
}

// The action key decides, whatever the push is called ("addToCart", "eec.purchase"), unless the name is GA4's and the
// parameters are too.
bool action_decides(const std::string& name, const EcommerceAction& action) {
    return name.empty() || !action.holds_ga4_parameters || !is_ga4_ecommerce_name(name);
}

// Product impressions are a bare array: given the place of a product list, the common reader finds them.
Value products_object(const Value& list) {
    Value object{Value::Object{}};
    object.set("products", list);
    return object;
}

struct Name {
    std::string text;  // "" where there is none
    std::optional<Rejection> rejection;
};

Name name_of(const Value& value, const Reading& reading) {
    const NameMember member = find_name(value);
    if (member.value == nullptr) return {name_in_query(reading.request).value_or(std::string()), std::nullopt};
    if (const std::string* text = member.value->text()) return {*text, std::nullopt};
    return {{},
            Rejection{RejectCode::WrongType, reading.pointer + '/' + std::string(member.key),
                      "an event name must be a text"}};
}

Member not_an_event(const std::string& pointer) {
    return Rejection{RejectCode::NotAnEvent, pointer, "no event name: event_name, event or an ecommerce action"};
}

Member read_object(Value value, const Reading& reading) {
    auto [name, rejection] = name_of(value, reading);
    if (rejection) return std::move(*rejection);
    const std::optional<EcommerceAction> action = find_ecommerce_action(value);
    if (action && action_decides(name, *action)) {
        if (action->event_name.empty()) return Ignored{"checkout_option"};
        name = action->event_name;
    }
    if (name.empty()) {
        if (is_clear_push(value)) return Ignored{"clear_push"};
        return not_an_event(reading.pointer);
    }

    Fields fields;
    fields.read(value);
    Value products;
    if (action) {
        if (action->body->array() != nullptr) products = products_object(*action->body);
        fields.read(products.is_null() ? *action->body : products, 1);
    }
    auto read = read_event(std::move(name), fields, reading);
    if (auto* too_many = std::get_if<Rejection>(&read)) return std::move(*too_many);
    auto& event = std::get<model::Event>(read);
    event.source = std::move(value);
    return std::move(event);
}

}  // namespace

Member read_simple_event(Value value, const Reading& reading) {
    if (is_gtag_call(value)) {
        auto event = event_of_gtag_call(value, reading.pointer);
        if (auto* rejection = std::get_if<Rejection>(&event)) return std::move(*rejection);
        if (auto* ignored = std::get_if<Ignored>(&event)) return *ignored;
        return read_object(std::get<Value>(std::move(event)), reading);
    }
    if (value.object() == nullptr) {
        return Rejection{RejectCode::NotAnEvent, reading.pointer, "an event is a JSON object"};
    }
    return read_object(std::move(value), reading);
}

Decoded read_single_event(Input& input, const DecodeLimits& limits) {
    Members members;
    members.push_back(read_simple_event(std::move(*input.json), {input.request, limits, ""}));
    return members;
}

}  // namespace pinrelay::decode
