#include "event_reader.hpp"

#include <algorithm>
#include <array>

#include "decode/event/event_time.hpp"
#include "decode/event/items.hpp"
#include "decode/event/people.hpp"
#include "decode/event/sender.hpp"
#include "decode/text/scalar.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::decode {
namespace {

using model::App;
using model::Device;
using model::Event;

template <class Owner, class T>
struct Target {
    std::optional<T> Owner::*member;
    Field field;
};

constexpr std::array event_texts = {
    Target<Event, std::string>{&Event::event_id, Field::EventId},
    Target<Event, std::string>{&Event::transaction_id, Field::TransactionId},
    Target<Event, std::string>{&Event::page_location, Field::PageLocation},
    Target<Event, std::string>{&Event::page_referrer, Field::PageReferrer},
    Target<Event, std::string>{&Event::page_title, Field::PageTitle},
    Target<Event, std::string>{&Event::language, Field::Language},
    Target<Event, std::string>{&Event::ip_address, Field::IpAddress},
    Target<Event, std::string>{&Event::user_agent, Field::UserAgent},
    Target<Event, std::string>{&Event::client_id, Field::ClientId},
    Target<Event, std::string>{&Event::user_id, Field::UserId},
    Target<Event, std::string>{&Event::click_id, Field::ClickId},
    Target<Event, std::string>{&Event::cookie_click_id, Field::CookieClickId},
    Target<Event, std::string>{&Event::measurement_id, Field::MeasurementId},
    Target<Event, std::string>{&Event::app_instance_id, Field::AppInstanceId},
    Target<Event, std::string>{&Event::action_source, Field::ActionSource},
    Target<Event, std::string>{&Event::value, Field::Value},
    Target<Event, std::string>{&Event::currency, Field::Currency},
    Target<Event, std::string>{&Event::coupon, Field::Coupon},
    Target<Event, std::string>{&Event::predicted_ltv, Field::PredictedLtv},
    Target<Event, std::string>{&Event::customer_type, Field::CustomerType},
    Target<Event, std::string>{&Event::search_term, Field::SearchTerm},
    Target<Event, std::string>{&Event::item_list_name, Field::ItemListName},
    Target<Event, std::string>{&Event::content_name, Field::ContentName},
    Target<Event, std::string>{&Event::content_category, Field::ContentCategory},
    Target<Event, std::string>{&Event::content_brand, Field::ContentBrand},
    Target<Event, std::string>{&Event::opt_out_type, Field::OptOutType},
    Target<Event, std::string>{&Event::traffic_type, Field::TrafficType},
};
constexpr std::array app_texts = {
    Target<App, std::string>{&App::id, Field::AppId},
    Target<App, std::string>{&App::name, Field::AppName},
    Target<App, std::string>{&App::package_name, Field::AppPackageName},
    Target<App, std::string>{&App::version, Field::AppVersion},
    Target<App, std::string>{&App::store, Field::AppStore},
};
constexpr std::array device_texts = {
    Target<Device, std::string>{&Device::brand, Field::DeviceBrand},
    Target<Device, std::string>{&Device::model, Field::DeviceModel},
    Target<Device, std::string>{&Device::category, Field::DeviceCategory},
    Target<Device, std::string>{&Device::carrier, Field::DeviceCarrier},
    Target<Device, std::string>{&Device::operating_system, Field::OperatingSystem},
    Target<Device, std::string>{&Device::operating_system_version, Field::OperatingSystemVersion},
    Target<Device, std::string>{&Device::screen_resolution, Field::ScreenResolution},
};
constexpr std::array device_flags = {
    Target<Device, bool>{&Device::wifi, Field::Wifi},
    Target<Device, bool>{&Device::limited_ad_tracking, Field::LimitedAdTracking},
    Target<Device, bool>{&Device::advertiser_tracking_enabled, Field::AdvertiserTrackingEnabled},
};

void read_time_into(Event& event, const Fields& fields) {
    const std::optional<std::string> text = fields.text(Field::Time);
    if (!text) return;
    event.time = read_time(*text);
    event.time_unreadable = !event.time;
}

bool append_id(Event& event, const model::Value& id, std::size_t limit) {
    std::optional<std::string> text = present_text(id);
    if (!text) return true;
    if (event.items.size() == limit) return false;
    event.items.emplace_back().id = std::move(text);
    return true;
}

// Products from `items`, else from a mere list of their ids. False: there are too many.
bool read_items_into(Event& event, const Fields& fields, std::size_t limit) {
    if (const model::Value* value = fields.find(Field::Items)) {
        std::optional<std::vector<model::Item>> items = read_items(*value, limit);
        if (!items) return false;
        event.items = std::move(*items);
    }
    const model::Value* ids = fields.find(Field::ContentIds);
    if (!event.items.empty() || ids == nullptr) return true;
    const model::Value::Array* list = ids->array();
    if (list == nullptr) return append_id(event, *ids, limit);
    return std::ranges::all_of(*list, [&event, limit](const model::Value& id) { return append_id(event, id, limit); });
}

// GA4 lets a list name and a currency stand on the items alone.
void complete_from_first_item(Event& event) {
    if (event.items.empty()) return;
    if (!event.item_list_name) event.item_list_name = event.items.front().list_name;
    if (!event.currency) event.currency = event.items.front().currency;
}

void complete_from_query(Event& event, const http::Request& request) {
    for (const std::string_view key : {"measurement_id", "firebase_app_id"}) {
        if (event.measurement_id || request.query.empty()) return;
        event.measurement_id = request.query_value(key);
        if (event.measurement_id && identity::is_absent(*event.measurement_id)) event.measurement_id.reset();
    }
}

void read_texts_into(Event& event, const Fields& fields) {
    for (const auto& target : event_texts) event.*target.member = fields.text(target.field);
    for (const auto& target : app_texts) event.app.*target.member = fields.text(target.field);
    for (const auto& target : device_texts) event.device.*target.member = fields.text(target.field);
    for (const auto& target : device_flags) event.device.*target.member = fields.boolean(target.field);
    event.opt_out = fields.boolean(Field::OptOut);
    event.debug_mode = fields.boolean(Field::DebugMode).value_or(false);
}

// What no visitor can have ("::", "unknown", a private address) names none, and must not stand where the request's own
// address could.
void forget_impossible_address(Event& event) {
    if (event.ip_address && !identity::public_address(*event.ip_address)) event.ip_address.reset();
}

}  // namespace

std::variant<Event, Rejection> read_event(std::string name, const Fields& fields, const Reading& reading) {
    Event event;
    event.name = std::move(name);
    read_texts_into(event, fields);
    forget_impossible_address(event);
    read_time_into(event, fields);
    if (!read_items_into(event, fields, reading.limits.items)) {
        return Rejection{RejectCode::TooManyItems, reading.pointer, "more items than this relay takes in one event"};
    }
    complete_from_first_item(event);
    complete_from_query(event, reading.request);
    event.user_data = read_people(fields);
    event.consent = fields.consent();
    const FormSigns signs{.measurement_protocol = reading.protocol == Protocol::Measurement,
                          .container_keys = fields.has_container_keys(),
                          .names_visitor = event.ip_address || event.user_agent};
    event.sender = sender_of(reading.request, signs);
    return event;
}

}  // namespace pinrelay::decode
