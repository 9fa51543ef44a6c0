#include <array>

#include "destinations/pinterest/fields/app_and_device.hpp"
#include "destinations/pinterest/fields/custom_data.hpp"
#include "destinations/pinterest/fields/customer_type.hpp"
#include "destinations/pinterest/fields/event_head.hpp"
#include "destinations/pinterest/fields/identifiers.hpp"
#include "destinations/pinterest/fields/user_data.hpp"
#include "destinations/pinterest/schema.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::App;
using model::Device;
using model::Event;
using model::Item;
using model::QualityComponent;
using model::UserData;
using model::Value;

template <std::size_t Size>
constexpr Fields fields_of(const std::array<Field, Size>& fields) {
    return {fields.data(), fields.size()};
}

constexpr Field text(std::string_view key, std::int64_t max = std::numeric_limits<std::int64_t>::max()) {
    return {.key = key, .type = Type::Text, .max = max};
}
constexpr Field whole(std::string_view key, std::int64_t max = std::numeric_limits<std::int64_t>::max()) {
    return {.key = key, .type = Type::Whole, .max = max};
}
constexpr Field plain(std::string_view key, Type type) { return {.key = key, .type = type}; }
constexpr Field digests(std::string_view key, model::Texts UserData::*place, Make make) {
    return {.key = key, .type = Type::Digests, .place = place, .make = make};
}
constexpr Field choice(std::string_view key, std::span<const std::string_view> choices) {
    return {.key = key, .type = Type::Choice, .choices = choices};
}
constexpr Field object(std::string_view key, Fields fields) {
    return {.key = key, .type = Type::Closed, .fields = fields};
}
// Taken from that place as it came, or made by the function.
constexpr Field from(Place place, Field field) {
    field.place = place;
    return field;
}
constexpr Field made_by(Make make, Field field) {
    field.make = make;
    return field;
}
constexpr Field made_of(Place origin, Field field) {
    field.origin = origin;
    return field;
}
// In words, for explanations and for docs/mapping.md.
constexpr Field by(std::string_view rule, Field field) {
    field.rule = rule;
    return field;
}
constexpr Field hashed_if_personal(Field field) {
    field.personal = Personal::Hashed;
    return field;
}
constexpr Field cleaned(Field field) {
    field.personal = Personal::Cleaned;
    return field;
}
constexpr Field with_own_keys(Field field) {
    field.takes_own = true;
    return field;
}
constexpr Field scored(model::QualityComponent component, Field field) {
    field.component = component;
    return field;
}
constexpr Field required(Field field) {
    field.required = true;
    return field;
}

constexpr std::array<std::string_view, 4> action_source_words = {"web", "app_android", "app_ios", "offline"};
constexpr std::array<std::string_view, 2> customer_type_words = {"new", "returning"};
constexpr std::array<std::string_view, 9> form_factor_words = {"desktop", "laptop", "cellphone", "tablet", "smartwatch",
                                                               "tv",      "vr",     "console",   "other"};
constexpr std::array<std::string_view, 8> network_type_words = {
    "wifi", "cellular_2g", "cellular_3g", "cellular_4g", "cellular_5g", "cellular_6g", "ethernet", "unknown"};
constexpr std::array<std::string_view, 7> os_family_words = {"ios",   "android", "macos", "windows",
                                                             "linux", "bsd",     "other"};

// Pinterest's spec leaves user_data open; Pinrelay closes it, since nothing else in it has an effect.
constexpr std::array user_data_keys = {
    scored(QualityComponent::HashedEmail,
           by("SHA-256 of each address in lower case, without blanks", digests("em", &UserData::emails, make::emails))),
    by("SHA-256 of each phone in E.164 form by the country of the address or `default_region`: with the plus, without "
       "it, or both, as `phone_hash` says",
       digests("ph", &UserData::phones, make::phones)),
    scored(QualityComponent::AdvertiserExternalId,
           by("SHA-256 of each id, in lower case unless `external_id_lower_case` is off; without one, as configured, "
              "of the client id or of the cookie `_pin_unauth`",
              digests("external_id", &UserData::external_ids, make::external_ids))),
    by("SHA-256 of each first name in lower case, trimmed", digests("fn", &UserData::first_names, make::names)),
    by("SHA-256 of each last name in lower case, trimmed", digests("ln", &UserData::last_names, make::names)),
    by("SHA-256 of `f`, `m` or `n`", digests("ge", &UserData::genders, make::genders)),
    by("SHA-256 of each birth date as `YYYYMMDD`", digests("db", &UserData::birth_dates, make::birth_dates)),
    by("SHA-256 of each city: letters and digits in lower case", digests("ct", &UserData::cities, make::cities)),
    by("SHA-256 of the two-letter code of each state, in lower case; under LDP also in upper case",
       digests("st", &UserData::regions, make::regions)),
    by("SHA-256 of each postal code: in the US its first five digits, elsewhere letters and digits in lower case",
       digests("zp", &UserData::postal_codes, make::postal_codes)),
    by("SHA-256 of the two-letter code of each country, in lower case; under LDP also in upper case",
       digests("country", &UserData::countries, make::countries)),
    scored(QualityComponent::HashedMaid,
           by("SHA-256 of each advertising id in lower case",
              digests("hashed_maids", &UserData::advertising_ids, make::advertising_ids))),
    scored(QualityComponent::IpAddress,
           by("public addresses only; whole, cut to its network or left out, as `client_ip` says",
              made_by(make::client_ip_address, from(&Event::ip_address, text("client_ip_address"))))),
    scored(QualityComponent::UserAgent, from(&Event::user_agent, text("client_user_agent"))),
    scored(QualityComponent::ClickIdEpik, by("the first of `click_id_order`: the event's field, `epik` in the URL of "
                                             "the page or the referrer, the cookie `_epik`",
                                             made_by(make::click_id, from(&Event::click_id, text("click_id"))))),
    from(&UserData::partner_id, text("partner_id")),
    by("`new` or `returning`, from the words that shops use",
       made_by(make::customer_type, from(&Event::customer_type, choice("customer_type", customer_type_words)))),
};

template <std::optional<std::string_view> Line::*text_of>
std::optional<Value> text_of_line(const Field&, Scene& scene, Notes&) {
    return filled(scene.line->*text_of);
}

std::optional<Value> price_of_line(const Field&, Scene& scene, Notes&) { return filled(scene.line->price); }

// Made of the line that is being written.
constexpr std::array contents_keys = {
    by("the item's id, or what `item_id` puts in its place",
       hashed_if_personal(made_by(text_of_line<&Line::id>, from(&Item::id, text("id"))))),
    by("the item's name", made_by(text_of_line<&Line::name>, from(&Item::name, text("item_name")))),
    by("the item's category", made_by(text_of_line<&Line::category>, from(&Item::category, text("item_category")))),
    by("the item's brand", made_by(text_of_line<&Line::brand>, from(&Item::brand, text("item_brand")))),
    by("the item's brand id", made_by(text_of_line<&Line::brand_id>, from(&Item::brand_id, text("item_brand_id", 64)))),
    by("the price of one unit as a decimal number",
       made_by(price_of_line, from(&Item::price, plain("item_price", Type::Decimal)))),
    by("the whole number of units; 1 where the item says none",
       made_by([](const Field&, Scene& scene,
                  Notes&) { return std::optional(whole_number(scene.line->quantity, scene.arena)); },
               from(&Item::quantity, whole("quantity")))),
};

constexpr std::array custom_data_keys = {
    by("the three-letter code: of the event, of its first item that has one, of the sign beside the amount, or "
       "`default_currency`; only with a value",
       made_by(make::currency, from(&Event::currency, text("currency", 3)))),
    scored(QualityComponent::OrderValue, by("the amount as a decimal number; where an event of a cart or a purchase "
                                            "has none, the sum of its items; only with a currency",
                                            made_by(make::value, from(&Event::value, plain("value", Type::Decimal))))),
    scored(QualityComponent::OrderId, by("as it came; its SHA-256 where it holds personal data",
                                         hashed_if_personal(from(&Event::transaction_id, text("order_id"))))),
    scored(
        QualityComponent::ProductId,
        by("the ids of the items, each once; the SHA-256 of one that holds personal data",
           made_of(&Event::items, hashed_if_personal(made_by(make::content_ids, plain("content_ids", Type::Texts)))))),
    by("the items that have an id, up to `max_contents`",
       made_of(&Event::items,
               made_by(make::contents,
                       Field{.key = "contents", .type = Type::ClosedList, .fields = fields_of(contents_keys)}))),
    by("the units of all items, or their lines, as `num_items` says; without items the units that the sender counts",
       made_of(&Event::items, made_by(make::num_items, whole("num_items")))),
    from(&Event::search_term, text("search_string")),
    by("as it came; the event's own name where it is sent as `custom`",
       made_by(make::content_name, from(&Event::content_name, text("content_name")))),
    by("as it came; of a `view_category` without one, the name of the list or the category of its first item",
       made_by(make::content_category, from(&Event::content_category, text("content_category")))),
    from(&Event::content_brand, text("content_brand")),
    by("the amount as a decimal number",
       made_by(make::predicted_ltv, from(&Event::predicted_ltv, plain("predicted_ltv", Type::Decimal)))),
    by("`LDP` where the visitor has opted out of the sale of data, or the sender says so",
       made_by(make::opt_out_type, from(&Event::opt_out_type, text("opt_out_type")))),
    text("np"),
    text("external_measurement_id"),
    whole("external_measurement_vendor_id"),
};

constexpr std::int64_t most_pixels = 30720;
constexpr std::int64_t most_megabytes = 1'048'576;

constexpr std::array app_info_keys = {
    from(&App::id, text("app_id", 200)),
    from(&App::name, text("app_name", 200)),
    from(&App::package_name, text("app_package_name", 200)),
    from(&App::store, text("app_store", 100)),
    from(&App::version, text("app_version", 100)),
    whole("install_time"),
    text("user_agent", 16384),
    whole("window_width", most_pixels),
    whole("window_height", most_pixels),
};

constexpr std::array device_info_keys = {
    from(&Device::brand, text("brand", 100)),
    from(&Device::model, text("model", 100)),
    text("type", 100),
    from(&Device::carrier, text("carrier", 100)),
    by("Pinterest's word for the category of the device",
       made_of(&Device::category, made_by(make::form_factor, choice("form_factor", form_factor_words)))),
    by("Pinterest's word for the operating system",
       made_of(&Device::operating_system, made_by(make::os_family, choice("os_family", os_family_words)))),
    from(&Device::operating_system, text("os_name", 100)),
    from(&Device::operating_system_version, text("os_version", 100)),
    text("os_release_name", 100),
    text("kernel_version", 100),
    by("`wifi` where the device says so",
       made_of(&Device::wifi, made_by(make::network_type, choice("network_type", network_type_words)))),
    text("locale", 35),
    text("timezone", 40),
    text("timezone_abbr", 5),
    Field{.key = "languages", .type = Type::Texts, .max = 100},
    whole("battery_level", 100),
    whole("cpu_cores", 1152),
    by("the first number of the resolution",
       made_of(&Device::screen_resolution, made_by(make::screen_width, whole("screen_width", most_pixels)))),
    by("the second number of the resolution",
       made_of(&Device::screen_resolution, made_by(make::screen_height, whole("screen_height", most_pixels)))),
    whole("screen_density", 100000),
    whole("storage_size", most_megabytes),
    whole("storage_free_space", most_megabytes),
    whole("external_storage_size", most_megabytes),
    whole("external_storage_free_space", most_megabytes),
};

// Seconds between 2000 and 2100: milliseconds would lie far outside.
constexpr std::int64_t first_second = 946684800;
constexpr std::int64_t last_second = 4102444800;

constexpr std::array event_keys = {
    by("the name that the table of event names or a rule gives to the event's name",
       made_of(&Event::name, required(made_by(make::event_name, plain("event_name", Type::Name))))),
    by("the sender's word; without one `web`, an app or `offline`, by the event's other fields",
       required(
           made_by(make::action_source, from(&Event::action_source, choice("action_source", action_source_words))))),
    by("the event's time in seconds; the time of arrival where it has none that can be right",
       made_of(&Event::time,
               required(
                   made_by(make::event_time,
                           Field{.key = "event_time", .type = Type::Whole, .max = last_second, .min = first_second})))),
    scored(QualityComponent::ExternalEventId,
           by("the sender's id; of a purchase without one its transaction id; else a digest of the event",
              required(cleaned(made_by(make::event_id, from(&Event::event_id, text("event_id", 256))))))),
    scored(QualityComponent::SourceUrl,
           by("without user, password and values that hold personal data",
              cleaned(made_by(make::event_source_url, from(&Event::page_location, text("event_source_url")))))),
    by("the sender's word; of an app the limit on ad tracking",
       made_of(&Event::opt_out, made_by(make::opt_out, plain("opt_out", Type::Boolean)))),
    by("`partner_name` of the configuration", made_by(make::partner_name, text("partner_name"))),
    required(object("user_data", fields_of(user_data_keys))),
    object("custom_data", fields_of(custom_data_keys)),
    with_own_keys(object("app_info", fields_of(app_info_keys))),
    with_own_keys(object("device_info", fields_of(device_info_keys))),
    by("the two letters of the language", made_by(make::language, from(&Event::language, text("language", 2)))),
    by("of apps only, where `advertiser_tracking` is on",
       made_of(&Device::advertiser_tracking_enabled,
               made_by(make::advertiser_tracking_enabled, plain("advertiser_tracking_enabled", Type::Boolean)))),
    text("app_id"),
    text("app_name"),
    text("app_version"),
    text("device_brand"),
    text("device_carrier"),
    text("device_model"),
    text("device_type"),
    text("os_version"),
    plain("wifi", Type::Boolean),
};

}  // namespace

std::span<const Field> event_schema() noexcept { return event_keys; }

}  // namespace pinrelay::destinations::pinterest
