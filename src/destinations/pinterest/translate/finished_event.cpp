#include "finished_event.hpp"

#include "destinations/pinterest/fields/app_and_device.hpp"
#include "destinations/pinterest/fields/custom_data.hpp"
#include "destinations/pinterest/fields/user_data.hpp"
#include "destinations/pinterest/privacy/page_url.hpp"
#include "destinations/pinterest/schema.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

bool is_app(std::string_view action_source) { return action_source.starts_with("app_"); }

// Apps report the system's own switch against tracking instead of an opt-out.
std::optional<bool> opted_out(const model::Event& event, std::string_view action_source) {
    if (event.opt_out) return event.opt_out;
    if (is_app(action_source) && event.device.limited_ad_tracking.value_or(false)) return true;
    return std::nullopt;
}

}  // namespace

// The order of the keys, here and in the functions called, is the order in which they are written.
Object finished_event(const model::Event& event, const Named& named, const Head& head, const KnownPerson& person,
                      const Settings& settings, PersonMemo& memo, WarningList& warnings) {
    Object object;
    object.reserve(event_schema().size());
    put(object, "event_name", model::Value(named.event_name));
    put(object, "action_source", model::Value(head.action_source));
    put(object, "event_time", whole_number(head.time.time_since_epoch().count()));
    put(object, "event_id", model::Value(head.id));
    put_filled(object, "event_source_url", page_url(event, person, warnings));
    if (const auto out = opted_out(event, head.action_source)) put(object, "opt_out", model::Value(*out));
    put_filled(object, "partner_name", settings.partner_name);
    put(object, "user_data", model::Value(user_data(event, settings, memo, warnings)));
    put_filled(object, "custom_data", custom_data(event, named, settings, warnings));
    put_filled(object, "app_info", app_info(event.app));
    put_filled(object, "device_info", device_info(event.device, warnings));
    put_filled(object, "language", language_code(event.language, warnings));
    const auto allowed = event.device.advertiser_tracking_enabled;
    if (allowed && settings.advertiser_tracking && is_app(head.action_source))
        put(object, "advertiser_tracking_enabled", model::Value(*allowed));
    return object;
}

}  // namespace pinrelay::destinations::pinterest
