#include "event_naming.hpp"

#include <algorithm>
#include <array>

#include "destinations/pinterest/fields/action_source.hpp"
#include "destinations/pinterest/labels.hpp"
#include "event_names.hpp"
#include "name_reading.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using destination::Drop;

constexpr std::string_view page_view = "page_view";

constexpr std::array totals = {
    "add_to_cart", "add_to_wishlist", "begin_checkout",  "add_payment_info", "add_shipping_info",
    "view_cart",   "purchase",        "in_app_purchase", "checkout",         "initiate_checkout",
};

Drop drop(std::string_view reason, std::string message) { return {reason, "event_name", std::move(message)}; }

// `custom` has no field for its own name (the schema is closed), so the name travels as content_name, or, by the
// operator's choice, in the place of "custom" where it is fit for that.
Named custom(std::string_view name, const Settings& settings) {
    if (settings.custom_name == CustomName::EventName && is_sendable_name(name)) return {name, {}};
    return {custom_event, name};
}

// A rule that only sets parameters leaves the name to the tables.
std::optional<Named> named_by_rule(const EventRule& rule, const model::Event& event, const NameRow* row,
                                   const Settings& settings) {
    if (rule.custom_name) return custom(*rule.custom_name, settings);
    if (!rule.pinterest_name) return std::nullopt;
    if (*rule.pinterest_name != custom_event) return Named{*rule.pinterest_name, {}};
    if (row != nullptr && !row->custom_name.empty()) return custom(row->custom_name, settings);
    return custom(event.name, settings);
}

std::string unknown_message(std::string_view name) {
    std::string message = "no profile or rule knows this event";
    if (const auto near = nearest_event_name(name)) message.append("; is ").append(*near).append(" meant?");
    return message;
}

std::variant<Named, Drop> named_by_row(const NameRow& row, const model::Event& event, const Settings& settings) {
    const std::string_view target = row.target(settings.profile);
    if (target.empty()) return drop(drops::not_forwarded, "the profile does not forward this event");
    if (row.app_only && !is_app_event(event))
        return drop(drops::not_forwarded, "the profile forwards this event from apps only");
    if (row.ga4 == page_view && !settings.forward_page_view)
        return drop(drops::not_forwarded, "forward_page_view is off");
    if (target == custom_event) return custom(row.custom_name, settings);
    return Named{target, {}};
}

}  // namespace

std::variant<Named, Drop> name_event(const model::Event& event, const Settings& settings, const Rules& rules) {
    const KnownName known = read_name(event.name);
    if (const EventRule* rule = rules.deciding(event.name); rule != nullptr) {
        if (rule->drop) return drop(drops::rule_drop, "a rule of the configuration drops this event");
        if (auto named = named_by_rule(*rule, event, known.row, settings)) return std::move(*named);
    }
    if (known.row != nullptr) return named_by_row(*known.row, event, settings);
    if (known.is_known()) return Named{known.pinterest, {}};
    if (settings.unknown_events == UnknownEvents::Custom && !event.name.empty()) return custom(event.name, settings);
    return drop(drops::unknown_event, unknown_message(event.name));
}

bool is_app_event(const model::Event& event) noexcept {
    constexpr std::string_view app = "app";
    return (!event.action_source && tells_of_an_app(event)) || event.app_instance_id ||
           (event.action_source && ascii::starts_with_ignoring_case(*event.action_source, app));
}

bool stands_for_total(std::string_view sent_name, std::string_view event_name) noexcept {
    const std::string_view ga4 = read_name(sent_name).ga4;
    return std::ranges::any_of(totals, [&](std::string_view name) { return name == ga4 || name == event_name; });
}

}  // namespace pinrelay::destinations::pinterest
