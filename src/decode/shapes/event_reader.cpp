#include "event_reader.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "adopt.hpp"
#include "decode/commands/standing_words.hpp"
#include "decode/event/event_time.hpp"
#include "decode/event/items.hpp"
#include "decode/event/people.hpp"
#include "decode/event/sender.hpp"
#include "decode/text/json_text.hpp"
#include "decode/text/scalar.hpp"
#include "decode/text/visitor_address.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/decode/warnings.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "pinrelay/model/origins.hpp"

namespace pinrelay::decode {
namespace {

using model::App;
using model::Device;
using model::Event;

// Servers take request lines of 8 KB, and browsers show pages of less.
constexpr std::size_t longest_url = std::size_t{8} * 1024;
constexpr std::size_t escape_size = 3;  // "%2F"

template <class Owner, class T>
struct Target {
    std::optional<T> Owner::*member;
    Field field;
};

constexpr std::array event_texts = {
    Target<Event, std::string_view>{&Event::event_id, Field::EventId},
    Target<Event, std::string_view>{&Event::transaction_id, Field::TransactionId},
    Target<Event, std::string_view>{&Event::page_location, Field::PageLocation},
    Target<Event, std::string_view>{&Event::page_referrer, Field::PageReferrer},
    Target<Event, std::string_view>{&Event::page_title, Field::PageTitle},
    Target<Event, std::string_view>{&Event::language, Field::Language},
    Target<Event, std::string_view>{&Event::user_agent, Field::UserAgent},
    Target<Event, std::string_view>{&Event::client_id, Field::ClientId},
    Target<Event, std::string_view>{&Event::user_id, Field::UserId},
    Target<Event, std::string_view>{&Event::click_id, Field::ClickId},
    Target<Event, std::string_view>{&Event::cookie_click_id, Field::CookieClickId},
    Target<Event, std::string_view>{&Event::cookie_visitor, Field::CookieVisitor},
    Target<Event, std::string_view>{&Event::measurement_id, Field::MeasurementId},
    Target<Event, std::string_view>{&Event::app_instance_id, Field::AppInstanceId},
    Target<Event, std::string_view>{&Event::action_source, Field::ActionSource},
    Target<Event, std::string_view>{&Event::value, Field::Value},
    Target<Event, std::string_view>{&Event::currency, Field::Currency},
    Target<Event, std::string_view>{&Event::coupon, Field::Coupon},
    Target<Event, std::string_view>{&Event::predicted_ltv, Field::PredictedLtv},
    Target<Event, std::string_view>{&Event::customer_type, Field::CustomerType},
    Target<Event, std::string_view>{&Event::search_term, Field::SearchTerm},
    Target<Event, std::string_view>{&Event::item_list_name, Field::ItemListName},
    Target<Event, std::string_view>{&Event::content_name, Field::ContentName},
    Target<Event, std::string_view>{&Event::content_category, Field::ContentCategory},
    Target<Event, std::string_view>{&Event::content_brand, Field::ContentBrand},
    Target<Event, std::string_view>{&Event::units, Field::Units},
    Target<Event, std::string_view>{&Event::opt_out_type, Field::OptOutType},
    Target<Event, std::string_view>{&Event::traffic_type, Field::TrafficType},
};
constexpr std::array urls = {Target<Event, std::string_view>{&Event::page_location, Field::PageLocation},
                             Target<Event, std::string_view>{&Event::page_referrer, Field::PageReferrer}};
constexpr std::array app_texts = {
    Target<App, std::string_view>{&App::id, Field::AppId},
    Target<App, std::string_view>{&App::name, Field::AppName},
    Target<App, std::string_view>{&App::package_name, Field::AppPackageName},
    Target<App, std::string_view>{&App::version, Field::AppVersion},
    Target<App, std::string_view>{&App::store, Field::AppStore},
};
constexpr std::array device_texts = {
    Target<Device, std::string_view>{&Device::brand, Field::DeviceBrand},
    Target<Device, std::string_view>{&Device::model, Field::DeviceModel},
    Target<Device, std::string_view>{&Device::category, Field::DeviceCategory},
    Target<Device, std::string_view>{&Device::carrier, Field::DeviceCarrier},
    Target<Device, std::string_view>{&Device::operating_system, Field::OperatingSystem},
    Target<Device, std::string_view>{&Device::operating_system_version, Field::OperatingSystemVersion},
    Target<Device, std::string_view>{&Device::screen_resolution, Field::ScreenResolution},
};
constexpr std::array device_flags = {
    Target<Device, bool>{&Device::wifi, Field::Wifi},
    Target<Device, bool>{&Device::limited_ad_tracking, Field::LimitedAdTracking},
    Target<Device, bool>{&Device::advertiser_tracking_enabled, Field::AdvertiserTrackingEnabled},
};

void warn(Event& event, std::string_view code, std::string_view field, std::string message) {
    event.warnings.push_back({code, std::string(field), std::move(message)});
}

std::optional<Time> time_of(const Fields& fields, Field field) {
    const auto text = fields.text(field);
    return text ? read_time(*text) : std::nullopt;
}

void read_time_into(Event& event, const Fields& fields, Time arrival) {
    const Clocks clocks{time_of(fields, Field::Time), time_of(fields, Field::OriginalTime),
                        time_of(fields, Field::SentTime), time_of(fields, Field::ReceivedTime)};
    event.time = time_by_our_clock(clocks, arrival);
    event.time_unreadable = !event.time && fields.find(Field::Time) != nullptr;
    const std::optional<Time> given = clocks.happened ? clocks.happened : clocks.original;
    if (!event.time || event.time == given) return;
    warn(event, warnings::time_corrected, fields.path(clocks.happened ? Field::Time : Field::OriginalTime),
         "the sender's clock is wrong, by its own time of sending: the time is counted back from the arrival");
}

void append_id(Event& event, std::optional<std::string_view> text, std::size_t limit, std::size_t& left_out) {
    if (!text || ascii::trimmed(*text).empty()) return;
    if (event.items.size() == limit) {
        ++left_out;
    } else {
        event.items.emplace_back().id = text;
    }
}

// A list in a list counts, and one text with commas is a list.
void append_ids(Event& event, const model::Value& ids, std::size_t limit, std::size_t& left_out, model::Arena& arena) {
    const auto inside = structure_in_text(ids, arena);
    const model::Value& value = inside ? *inside : ids;
    if (const auto list = value.array()) {
        for (const model::Value& id : *list) {
            const auto more = id.array();
            if (!more)
                append_id(event, present_text(id), limit, left_out);
            else
                for (const model::Value& one : *more) append_id(event, present_text(one), limit, left_out);
        }
        return;
    }
    if (!value.is_text()) return append_id(event, present_text(value), limit, left_out);
    for (std::string_view rest = *value.text(); !rest.empty();) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        append_id(event, present_text(model::Value(ascii::trimmed(rest.substr(0, end)))), limit, left_out);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

// Products from a mere list of their ids; the number of those beyond the limit.
std::size_t read_content_ids_into(Event& event, const model::Value& ids, std::size_t limit, model::Arena& arena) {
    std::size_t left_out = 0;
    append_ids(event, ids, limit, left_out, arena);
    event.unlisted_units = left_out;
    return left_out;
}

void warn_of_items(Event& event, std::string_view field, std::size_t unreadable, std::size_t left_out) {
    const std::size_t all = event.items.size() + unreadable + left_out;
    if (unreadable > 0) {
        warn(event, warnings::items_unreadable, field,
             std::to_string(unreadable) + " of " + std::to_string(all) + " items cannot be read");
    }
    if (left_out > 0) {
        warn(event, warnings::items_left_out, field,
             std::to_string(left_out) + " of " + std::to_string(all) + " items are counted only: one event lists " +
                 std::to_string(event.items.size()));
    }
}

void warn_of_slips(Event& event, const std::vector<Misspelling>& slips) {
    for (const Misspelling& slip : slips)
        warn(event, warnings::key_misspelt, slip.key,
             "this key has no meaning; is \"" + std::string(slip.word) + "\" meant?");
}

void read_items_into(Event& event, const Fields& fields, const DecodeLimits& limits, model::Arena& arena) {
    std::size_t unreadable = 0;
    if (const model::Value* value = fields.find(Field::Items)) {
        ReadItems read = read_items(*value, {limits.items, limits.item_sources}, arena);
        event.items = std::move(read.items);
        event.unlisted_units = read.left_units;
        unreadable = read.unreadable;
        warn_of_items(event, fields.path(Field::Items), unreadable, read.left_out);
        warn_of_slips(event, read.misspellings);
    }
    const model::Value* ids = fields.find(Field::ContentIds);
    if (event.items.empty() && ids != nullptr)
        warn_of_items(event, fields.path(Field::ContentIds), 0,
                      read_content_ids_into(event, *ids, limits.items, arena));
    if (event.items.empty() && unreadable == 0 && fields.unusable_items().value != nullptr)
        warn(event, warnings::items_unreadable, fields.unusable_items().path, "holds neither a list nor an object");
}

// GA4 lets a list name and a currency stand on the items alone.
void complete_from_first_item(Event& event, const Fields& fields) {
    if (event.items.empty()) return;
    const model::Item& first = event.items.front();
    if (!event.item_list_name) event.item_list_name = first.list_name;
    const bool has_own = event.currency && !fields.is_filled(Field::Currency);
    if (!has_own && first.currency) event.currency = first.currency;
}

void complete_from_query(Event& event, const http::Request& request, model::Arena& arena) {
    for (const std::string_view key : {"measurement_id", "firebase_app_id"}) {
        if (event.measurement_id || request.query.empty()) return;
        const auto id = request.query_value(key);
        if (id && !identity::is_absent(*id)) event.measurement_id = arena.copy(*id);
    }
}

constexpr bool continues_a_character(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Where a longer URL is cut, so that no character and no escape is left in two.
std::size_t end_of_front(std::string_view url) noexcept {
    std::size_t end = longest_url;
    while (end > 0 && continues_a_character(url[end])) --end;
    const std::size_t escape = url.substr(0, end).rfind('%');
    return escape != std::string_view::npos && end - escape < escape_size ? escape : end;
}

// All that looks for click ids, e-mails and parameters in a URL takes its length in time, and nobody's page needs more.
void cut_urls(Event& event, const Fields& fields) {
    for (const auto& [url, field] : urls) {
        if (!(event.*url) || (event.*url)->size() <= longest_url) continue;
        event.*url = (event.*url)->substr(0, end_of_front(*(event.*url)));
        warn(event, warnings::url_cut, fields.path(field),
             "the URL has more than " + std::to_string(longest_url) + " bytes: only its front is used");
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
void read_address_into(Event& event, const Fields& fields, model::Arena& arena) {
    for (const std::string_view text : fields.texts(Field::IpAddress)) {
        const auto address = visitor_address(text);
        if (!address) continue;
        event.ip_address = arena.copy(*address);
        return;
    }
    const Fields::Unusable& unusable = fields.unusable_address();
    if (unusable.value == nullptr) return;
    const auto text = unusable.value->text();
    warn(event, warnings::address_not_public, unusable.path,
         !text ? "holds no text" : "the value " + why_no_visitor_address(*text));
}

// Google's word for what Pinterest's `customer_type` says.
void read_customer_into(Event& event, const Fields& fields) {
    const std::optional<bool> is_new = fields.boolean(Field::NewCustomer);
    if (!event.customer_type && is_new) event.customer_type = *is_new ? "new" : "returning";
}

// Whether there is room to read what the fields hold.
bool has_room(const Fields& fields, const Reading& reading) {
    if (reading.room == nullptr) return true;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(Field::Count) && !reading.room->exceeded; ++i)
        if (const model::Value* value = fields.find(static_cast<Field>(i))) bytes += weight(*value);
    return reading.room->take(bytes);
}

template <class Owner, class T, std::size_t Size>
void note_sources(const std::array<Target<Owner, T>, Size>& targets, const Fields& fields, model::Origins& origins) {
    for (const auto& target : targets) origins.note(target.member, fields.source(target.field));
}

std::shared_ptr<model::Origins> origins_of(const Event& event, const Fields& fields) {
    auto origins = std::make_shared<model::Origins>();
    note_sources(event_texts, fields, *origins);
    note_sources(app_texts, fields, *origins);
    note_sources(device_texts, fields, *origins);
    note_sources(device_flags, fields, *origins);
    origins->note(&Event::ip_address, event.ip_address ? fields.source(Field::IpAddress) : std::string());
    origins->note(&Event::opt_out, fields.source(Field::OptOut));
    if (!fields.find(Field::CustomerType)) origins->note(&Event::customer_type, fields.source(Field::NewCustomer));
    for (const Field field : {Field::OriginalTime, Field::Time}) origins->note(&Event::time, fields.source(field));
    for (const Field field : {Field::ContentIds, Field::Items}) origins->note(&Event::items, fields.source(field));
    note_people(event.user_data, fields, *origins);
    origins->unread = fields.unread();
    return origins;
}

// Without room only the name: the request as a whole is refused then.
Event read_complete(std::string_view name, const Fields& fields, const Reading& reading) {
    Event event;
    event.name = name;
    if (!has_room(fields, reading)) return event;
    read_texts_into(event, fields);
    cut_urls(event, fields);
    read_address_into(event, fields, reading.arena);
    read_customer_into(event, fields);
    read_time_into(event, fields, reading.request.received);
    read_items_into(event, fields, reading.limits, reading.arena);
    complete_from_first_item(event, fields);
    complete_from_query(event, reading.request, reading.arena);
    event.user_data = read_people(fields, reading.arena, event.warnings);
    event.consent = fields.consent();
    if (reading.explain == Explain::Yes) event.origins = origins_of(event, fields);
    warn_of_slips(event, fields.misspellings());
    const FormSigns signs{.measurement_protocol = reading.protocol == Protocol::Measurement,
                          .container_keys = fields.has_container_keys(),
                          .names_visitor = event.ip_address || event.user_agent};
    const SenderFound found = sender_of(reading.request, signs);
    event.sender = found.sender;
    event.sender_sign = found.sign;
    return event;
}

}  // namespace

Event read_event(std::string_view name, const Fields& fields, const Reading& reading) {
    if (reading.standing == nullptr && reading.around == nullptr) return read_complete(name, fields, reading);
    Fields all = fields;
    if (reading.around != nullptr) all.fill_from(*reading.around);
    if (reading.standing != nullptr) reading.standing->complete(all);
    Event event = read_complete(name, all, reading);
    if (reading.standing != nullptr) reading.standing->add_choices(event);
    if (reading.shares_too_much)
        warn(event, warnings::shared_left_out, "",
             "what the request says for all its events is too long for each of them: mapping rules do not find it");
    return event;
}

}  // namespace pinrelay::decode
