#include "simple_event.hpp"

#include <algorithm>
#include <utility>

#include "decode/commands/gtag_arguments.hpp"
#include "decode/commands/standing_words.hpp"
#include "decode/event/event_name.hpp"
#include "decode/event/fields.hpp"
#include "decode/text/json_text.hpp"
#include "event_reader.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/decode/ignored.hpp"
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
bool action_decides(std::string_view name, const EcommerceAction& action) {
    return name.empty() || !action.holds_ga4_parameters || !is_ga4_ecommerce_name(name);
}

// Product impressions are a bare array: given the place of a product list, the common reader finds them.
Value products_object(const Value& list, model::Arena& arena) {
    return model::with_member(Value(Value::Object()), "products", list, arena);
}

struct Name {
    std::string_view text;  // "" where there is none
    std::optional<Rejection> rejection;
};

Name name_of(const Value& value, const Reading& reading) {
    const NameMember member = find_name(value);
    if (member.value == nullptr)
        return {reading.arena.copy(name_in_query(reading.request).value_or(std::string())), std::nullopt};
    if (const auto text = member.value->text()) return {*text, std::nullopt};
    return {{},
            Rejection{RejectCode::WrongType, reading.pointer + '/' + std::string(member.key),
                      "an event name must be a text"}};
}

// The push that told of it has any name: "trackTrans", "transactionComplete".
bool tells_of_a_transaction(std::string_view name) {
    return ascii::contains_ignoring_case(name, "trans") && !ascii::contains_ignoring_case(name, "refund");
}

bool says_anything(const model::Consent& consent) {
    const auto is_set = [&consent](const Purpose& purpose) { return consent.*purpose.grant != model::Grant::Unset; };
    return std::ranges::any_of(purposes, is_set);
}

// Whether something was done that needs an event's name to be counted.
bool tells_of_a_deed(const Fields& fields) {
    const auto is_said = [&fields](Field field) { return fields.find(field) != nullptr; };
    return is_said(Field::Items) || is_said(Field::Value) || is_said(Field::TransactionId);
}

// An object without an event. In a data layer it holds for the pushes that follow, and what it says of consent does so
// everywhere.
Member read_nameless(const Value& value, const Reading& reading) {
    if (is_clear_push(value)) return Ignored{ignored::clear_push};
    Rejection rejection{RejectCode::NotAnEvent, reading.pointer,
                        "no event name: event_name, event or an ecommerce action"};
    if (reading.standing == nullptr) return rejection;
    Fields fields(reading.arena);
    fields.read(value);
    const bool is_about_consent = says_anything(fields.consent());
    if (is_about_consent) reading.standing->take_consent_push(value, fields, false);
    if (reading.standing->is_data_layer()) {
        const bool lacks_its_name = tells_of_a_deed(fields);
        reading.standing->take_page_push(value);
        if (lacks_its_name) return rejection;
        return Ignored{ignored::data_layer_push};
    }
    if (is_about_consent) return Ignored{ignored::consent_push};
    return rejection;
}

void tell_later_members(const Value& value, std::string_view name, const Fields& fields, const Reading& reading) {
    if (reading.standing == nullptr) return;
    if (tells_of_consent(name)) reading.standing->take_consent_push(value, fields, tells_of_default(name));
}

Member read_object(const Value& closed, const Reading& reading) {
    const Value value = open_json_texts(closed, reading.arena);
    auto [name, rejection] = name_of(value, reading);
    if (rejection) return std::move(*rejection);
    const std::optional<EcommerceAction> action = find_ecommerce_action(value);
    if (action && action_decides(name, *action)) {
        if (action->event_name.empty()) return Ignored{ignored::checkout_option};
        name = action->event_name;
    }
    if ((name.empty() || tells_of_a_transaction(name)) && is_classic_transaction(value)) name = "purchase";
    if (name.empty()) return read_nameless(value, reading);

    Fields fields(reading.arena, reading.explain);
    fields.read(value);
    Value products;
    if (action) {
        if (action->body->is_array()) products = products_object(*action->body, reading.arena);
        fields.read(products.is_null() ? *action->body : products, 1, {}, "ecommerce");
    }
    tell_later_members(value, name, fields, reading);
    model::Event event = read_event(name, fields, reading);
    if (event.origins)
        event.origins->note(&model::Event::name, std::string(action ? "ecommerce" : find_name(value).key));
    event.source = value;
    return event;
}

}  // namespace

bool is_classic_transaction(const Value& value) {
    return value.find("transactionId") != nullptr &&
           (value.find("transactionTotal") != nullptr || value.find("transactionProducts") != nullptr);
}

Member read_simple_event(const Value& value, const Reading& reading) {
    if (is_gtag_call(value)) {
        auto event = event_of_gtag_call(value, reading);
        if (auto* rejection = std::get_if<Rejection>(&event)) return std::move(*rejection);
        if (auto* ignored = std::get_if<Ignored>(&event)) return *ignored;
        return read_object(std::get<Value>(event), reading);
    }
    if (!value.is_object()) {
        return Rejection{RejectCode::NotAnEvent, reading.pointer, "an event is a JSON object"};
    }
    return read_object(value, reading);
}

Decoded read_single_event(Input& input, const DecodeLimits& limits) {
    Members members;
    members.push_back(read_simple_event(*input.json, reading_of(input, limits)));
    return members;
}

}  // namespace pinrelay::decode
