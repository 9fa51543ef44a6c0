#include "event_checks.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

#include "pinrelay/decode/warnings.hpp"
#include "require.hpp"

namespace pinrelay::fuzz {
namespace {

using model::Event;
using model::Texts;
using Text = std::optional<std::string_view>;

constexpr std::array event_texts = {
    &Event::event_id,       &Event::transaction_id,  &Event::page_location, &Event::page_referrer,
    &Event::page_title,     &Event::language,        &Event::ip_address,    &Event::user_agent,
    &Event::client_id,      &Event::user_id,         &Event::click_id,      &Event::cookie_click_id,
    &Event::measurement_id, &Event::app_instance_id, &Event::action_source, &Event::value,
    &Event::currency,       &Event::coupon,          &Event::predicted_ltv, &Event::customer_type,
    &Event::search_term,    &Event::item_list_name,  &Event::content_name,  &Event::content_category,
    &Event::content_brand,  &Event::opt_out_type,    &Event::traffic_type,  &Event::cookie_visitor,
};

// A JSON document may be as deep, and what an event adopts stands one level below it.
constexpr std::size_t deepest_source = 34;

bool is_fingerprint(std::string_view text) {
    constexpr std::size_t digits = 32;
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void check_text(const Text& text) { require(!text || !text->empty(), "a text is absent rather than empty"); }

void check_texts(const Event& event) {
    for (const auto member : event_texts) check_text(event.*member);
    for (const Text& text :
         {event.app.id, event.app.name, event.app.package_name, event.app.version, event.app.store, event.device.brand,
          event.device.model, event.device.category, event.device.carrier, event.device.operating_system,
          event.device.operating_system_version, event.device.screen_resolution, event.user_data.partner_id})
        check_text(text);
}

void check_items(const Event& event, std::size_t limit) {
    using model::Item;
    constexpr std::array of_item = {&Item::id,       &Item::name,      &Item::brand,    &Item::category,
                                    &Item::variant,  &Item::price,     &Item::discount, &Item::quantity,
                                    &Item::currency, &Item::list_name, &Item::brand_id};
    require(event.items.size() <= limit, "no event has more items than the limit");
    for (const Item& item : event.items) {
        require(item != Item{}, "no item is without a word");
        for (const auto member : of_item) check_text(item.*member);
    }
}

void check_people(const Event& event) {
    using model::UserData;
    constexpr std::array lists = {
        &UserData::emails,    &UserData::phones,       &UserData::first_names,  &UserData::last_names,
        &UserData::genders,   &UserData::birth_dates,  &UserData::cities,       &UserData::regions,
        &UserData::countries, &UserData::postal_codes, &UserData::external_ids, &UserData::advertising_ids,
    };
    for (const Texts UserData::*list : lists)
        for (const std::string_view text : event.user_data.*list)
            require(!text.empty(), "no value of a person is empty");
}

void check_source(const model::Value& source) {
    model::Arena arena;
    const auto again = model::parse_json(model::to_json(source), arena, {.depth = deepest_source});
    const auto* value = std::get_if<model::Value>(&again);
    require(value != nullptr && *value == source, "an event's source is JSON that can be read again");
}

void check_warnings(const Event& event) {
    constexpr const auto& codes = decode::warnings::all;
    for (const model::Warning& warning : event.warnings) {
        require(std::ranges::find(codes, warning.code) != codes.end(), "the code of a warning is of the fixed set");
        require(!warning.message.empty(), "a warning says why");
    }
}

void check_event(const Event& event, const decode::DecodeLimits& limits) {
    require(event.name.find_first_not_of(" \t\r\n") != std::string::npos, "every event has a name");
    require(is_fingerprint(event.fingerprint), "a fingerprint is 32 hex digits");
    require(!event.time || !event.time_unreadable, "a time is read or unreadable, not both");
    check_texts(event);
    check_items(event, limits.items);
    check_people(event);
    check_source(event.source);
    check_warnings(event);
}

void check_rejection(const decode::Rejection& rejection) {
    require(!rejection.message.empty(), "a rejection says why");
    require(!decode::to_string(rejection.code).empty(), "a rejection has a label");
}

bool is_same_event(const Event& one, const Event& other) {
    const auto same = [&](const auto... members) { return ((one.*members == other.*members) && ...); };
    return std::ranges::all_of(event_texts, same) &&
           same(&Event::name, &Event::time, &Event::time_unreadable, &Event::fingerprint, &Event::items,
                &Event::user_data, &Event::consent, &Event::opt_out, &Event::app, &Event::device, &Event::sender,
                &Event::debug_mode, &Event::source, &Event::warnings, &Event::unlisted_units);
}

bool is_same_member(const decode::Member& one, const decode::Member& other) {
    if (one.index() != other.index()) return false;
    if (const auto* event = std::get_if<Event>(&one)) return is_same_event(*event, std::get<Event>(other));
    if (const auto* rejection = std::get_if<decode::Rejection>(&one))
        return *rejection == std::get<decode::Rejection>(other);
    return std::get<decode::Ignored>(one).reason == std::get<decode::Ignored>(other).reason;
}

}  // namespace

void check_decoded(const decode::Decoded& decoded, const decode::DecodeLimits& limits) {
    if (const auto* rejection = std::get_if<decode::Rejection>(&decoded)) return check_rejection(*rejection);
    const auto& members = std::get<decode::Members>(decoded);
    require(members.size() <= limits.events, "a request gives no more events than the limit");
    std::set<std::string_view> fingerprints;
    for (const decode::Member& member : members) {
        if (const auto* rejection = std::get_if<decode::Rejection>(&member)) check_rejection(*rejection);
        if (const auto* ignored = std::get_if<decode::Ignored>(&member))
            require(!ignored->reason.empty(), "what is passed over has a label");
        const auto* event = std::get_if<Event>(&member);
        if (event == nullptr) continue;
        check_event(*event, limits);
        require(fingerprints.insert(event->fingerprint).second, "no two events of a request share a fingerprint");
    }
}

bool is_same(const decode::Decoded& one, const decode::Decoded& other) {
    const auto* members = std::get_if<decode::Members>(&one);
    const auto* others = std::get_if<decode::Members>(&other);
    if (members == nullptr || others == nullptr)
        return members == others && std::get<decode::Rejection>(one) == std::get<decode::Rejection>(other);
    return std::equal(members->begin(), members->end(), others->begin(), others->end(), is_same_member);
}

}  // namespace pinrelay::fuzz
