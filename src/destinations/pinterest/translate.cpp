#include "translate.hpp"

#include <chrono>
#include <utility>

#include "action_source.hpp"
#include "app_and_device.hpp"
#include "clear_text.hpp"
#include "custom_data.hpp"
#include "event_id.hpp"
#include "event_names.hpp"
#include "event_naming.hpp"
#include "event_time.hpp"
#include "gate.hpp"
#include "labels.hpp"
#include "limits.hpp"
#include "page_url.hpp"
#include "parameters.hpp"
#include "user_data.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using destination::Drop;
using Outcome = std::variant<spool::Record, Drop>;

// Who the event is, at the head of the finished object.
struct Head {
    std::string_view action_source;
    std::chrono::sys_seconds time;
    std::string id;
};

// Apps report the system's own switch against tracking instead of an opt-out.
std::optional<bool> opted_out(const model::Event& event, std::string_view action_source) {
    if (event.opt_out) return event.opt_out;
    if (action_source.starts_with("app_") && event.device.limited_ad_tracking.value_or(false)) return true;
    return std::nullopt;
}

// The order of the keys, here and in the functions called, is the order in which they are written.
Object finished_event(const model::Event& event, const Named& named, const Head& head, const Settings& settings,
                      WarningList& warnings) {
    Object object;
    put(object, "event_name", model::Value(named.event_name));
    put(object, "action_source", model::Value(head.action_source));
    put(object, "event_time", whole_number(head.time.time_since_epoch().count()));
    put(object, "event_id", model::Value(head.id));
    put_filled(object, "event_source_url", page_url(event, warnings));
    if (const auto out = opted_out(event, head.action_source)) put(object, "opt_out", model::Value(*out));
    put_filled(object, "partner_name", settings.partner_name);
    put(object, "user_data", model::Value(user_data(event, settings, warnings)));
    put_filled(object, "custom_data", custom_data(event, named, settings, warnings));
    put_filled(object, "app_info", app_info(event.app));
    put_filled(object, "device_info", device_info(event.device, warnings));
    put_filled(object, "language", language_code(event.language, warnings));
    if (const auto allowed = event.device.advertiser_tracking_enabled)
        put(object, "advertiser_tracking_enabled", model::Value(*allowed));
    return object;
}

spool::Record record_of(const model::Event& event, const Named& named, Head head, const std::string& account,
                        std::string body) {
    spool::Record record;
    record.destination = account;
    if (event.name.size() <= longest_source_name && !holds_email(event.name)) record.source_name = event.name;
    record.event_name = named.event_name;
    record.event_label = is_standard_name(named.event_name) ? named.event_name : "other";
    record.event_id = std::move(head.id);
    record.event_time = head.time;
    record.deduplicated = head.action_source != offline_source;  // Pinterest never folds offline events
    record.body = std::move(body);
    return record;
}

Outcome finish(const model::Event& event, const Named& named, Time received, const Settings& settings,
               const std::vector<const ParameterRule*>& parameters, const std::string& account, WarningList& warnings) {
    const auto source = action_source(event, warnings);
    auto time = event_time(event, received, source, settings.late_policy, warnings);
    if (auto* drop = std::get_if<Drop>(&time)) return std::move(*drop);
    Head head{source, std::get<std::chrono::sys_seconds>(time), event_id(event, named.event_name, warnings)};

    Object object = finished_event(event, named, head, settings, warnings);
    apply_after(parameters, event.source, object, warnings);
    remove_too_long(object, warnings);
    if (auto refused = refusal(object)) return std::move(*refused);

    std::string body = model::to_json(model::Value(std::move(object)));
    if (body.size() > most_record_bytes) return Drop{drops::too_large, "", "the finished event is too large to send"};
    return record_of(event, named, std::move(head), account, std::move(body));
}

}  // namespace

destination::Translation translate(const model::Event& event, Time received, const Settings& settings,
                                   const Rules& rules, const std::string& account) {
    WarningList warnings;
    auto name = name_event(event, settings, rules);
    if (auto* drop = std::get_if<Drop>(&name)) return {std::move(*drop), {}};
    auto named = std::get<Named>(std::move(name));

    const auto parameters = rules.parameters(event.name);
    if (parameters.empty()) {
        auto outcome = finish(event, named, received, settings, parameters, account, warnings);
        return {std::move(outcome), warnings.take()};
    }
    model::Event adjusted = event;
    // A parameter has the last word over the name that a `custom` event carries.
    if (named.custom_name) adjusted.content_name = std::exchange(named.custom_name, std::nullopt);
    apply_before(parameters, adjusted, warnings);
    auto outcome = finish(adjusted, named, received, settings, parameters, account, warnings);
    return {std::move(outcome), warnings.take()};
}

}  // namespace pinrelay::destinations::pinterest
