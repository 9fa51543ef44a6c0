#include "event_head.hpp"

#include <chrono>

#include "destinations/pinterest/present.hpp"
#include "destinations/pinterest/privacy/page_url.hpp"

namespace pinrelay::destinations::pinterest::make {
namespace {

using model::Value;

bool is_app(std::string_view action_source) { return action_source.starts_with("app_"); }

}  // namespace

std::optional<Value> event_name(const Field&, Scene& scene, Notes&) { return Value(scene.named.event_name); }

std::optional<Value> action_source(const Field&, Scene& scene, Notes&) { return Value(scene.head.action_source); }

std::optional<Value> event_time(const Field&, Scene& scene, Notes& notes) {
    const auto& own = scene.event.time;
    if (!own || std::chrono::floor<std::chrono::seconds>(*own) != scene.head.time)
        notes.chose("event_time", "", "the time of arrival, since the event has none that can be right");
    return whole_number(scene.head.time.time_since_epoch().count(), scene.arena);
}

std::optional<Value> event_id(const Field&, Scene& scene, Notes& notes) {
    const bool is_own = present(scene.event.event_id).has_value();
    if (!is_own && notes.explains()) {
        const bool is_transaction = scene.head.id != scene.event.fingerprint;
        notes.chose("event_id", is_transaction ? source_at(scene.event, &model::Event::transaction_id) : std::string(),
                    is_transaction ? "the transaction id of a purchase that has no id of its own"
                                   : "a digest of the event, which has no id of its own");
    }
    return Value(scene.head.id);
}

std::optional<Value> event_source_url(const Field&, Scene& scene, Notes& notes) {
    return filled(page_url(scene.event, scene.person, scene.arena, notes));
}

std::optional<Value> partner_name(const Field&, Scene& scene, Notes&) { return filled(scene.settings.partner_name); }

std::optional<Value> opt_out(const Field&, Scene& scene, Notes& notes) {
    if (scene.event.opt_out) return Value(*scene.event.opt_out);
    const bool limited = scene.event.device.limited_ad_tracking.value_or(false);
    if (!limited || !is_app(scene.head.action_source)) return std::nullopt;
    if (notes.explains())
        notes.chose("opt_out", source_at(scene.event, &model::Device::limited_ad_tracking), "the limit on ad tracking");
    return Value(true);
}

std::optional<Value> advertiser_tracking_enabled(const Field&, Scene& scene, Notes&) {
    const auto allowed = scene.event.device.advertiser_tracking_enabled;
    const bool is_sent = scene.settings.advertiser_tracking && is_app(scene.head.action_source);
    return allowed && is_sent ? std::optional(Value(*allowed)) : std::nullopt;
}

}  // namespace pinrelay::destinations::pinterest::make
