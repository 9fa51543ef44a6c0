#include "schema.hpp"

#include <algorithm>
#include <array>

namespace pinrelay::destinations::pinterest {
namespace {

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
constexpr Field choice(std::string_view key, std::span<const std::string_view> choices) {
    return {.key = key, .type = Type::Choice, .choices = choices};
}
constexpr Field object(std::string_view key, Fields fields) {
    return {.key = key, .type = Type::Closed, .fields = fields};
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
    plain("em", Type::Digests),
    plain("ph", Type::Digests),
    plain("external_id", Type::Digests),
    plain("fn", Type::Digests),
    plain("ln", Type::Digests),
    plain("ge", Type::Digests),
    plain("db", Type::Digests),
    plain("ct", Type::Digests),
    plain("st", Type::Digests),
    plain("zp", Type::Digests),
    plain("country", Type::Digests),
    plain("hashed_maids", Type::Digests),
    text("client_ip_address"),
    text("client_user_agent"),
    text("click_id"),
    text("partner_id"),
    choice("customer_type", customer_type_words),
};

constexpr std::array contents_keys = {
    text("id"),         text("item_name"),         text("item_category"),
    text("item_brand"), text("item_brand_id", 64), plain("item_price", Type::Decimal),
    whole("quantity"),
};

constexpr std::array custom_data_keys = {
    text("currency", 3),
    plain("value", Type::Decimal),
    text("order_id"),
    plain("content_ids", Type::Texts),
    Field{.key = "contents", .type = Type::ClosedList, .fields = fields_of(contents_keys)},
    whole("num_items"),
    text("search_string"),
    text("content_name"),
    text("content_category"),
    text("content_brand"),
    plain("predicted_ltv", Type::Decimal),
    text("opt_out_type"),
    text("np"),
    text("external_measurement_id"),
    whole("external_measurement_vendor_id"),
};

constexpr std::int64_t most_pixels = 30720;
constexpr std::int64_t most_megabytes = 1'048'576;

constexpr std::array app_info_keys = {
    text("app_id", 200),
    text("app_name", 200),
    text("app_package_name", 200),
    text("app_store", 100),
    text("app_version", 100),
    whole("install_time"),
    text("user_agent", 16384),
    whole("window_width", most_pixels),
    whole("window_height", most_pixels),
};

constexpr std::array device_info_keys = {
    text("brand", 100),
    text("model", 100),
    text("type", 100),
    text("carrier", 100),
    choice("form_factor", form_factor_words),
    choice("os_family", os_family_words),
    text("os_name", 100),
    text("os_version", 100),
    text("os_release_name", 100),
    text("kernel_version", 100),
    choice("network_type", network_type_words),
    text("locale", 35),
    text("timezone", 40),
    text("timezone_abbr", 5),
    Field{.key = "languages", .type = Type::Texts, .max = 100},
    whole("battery_level", 100),
    whole("cpu_cores", 1152),
    whole("screen_width", most_pixels),
    whole("screen_height", most_pixels),
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
    required(plain("event_name", Type::Name)),
    required(choice("action_source", action_source_words)),
    Field{.key = "event_time", .type = Type::Whole, .max = last_second, .min = first_second, .required = true},
    required(text("event_id", 256)),
    text("event_source_url"),
    plain("opt_out", Type::Boolean),
    text("partner_name"),
    required(object("user_data", fields_of(user_data_keys))),
    object("custom_data", fields_of(custom_data_keys)),
    object("app_info", fields_of(app_info_keys)),
    object("device_info", fields_of(device_info_keys)),
    text("language", 2),
    plain("advertiser_tracking_enabled", Type::Boolean),
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

const Field* find_in(std::span<const Field> fields, std::string_view key) noexcept {
    const auto field = std::ranges::find_if(fields, [&](const Field& f) { return f.key == key; });
    return field == fields.end() ? nullptr : &*field;
}

}  // namespace

std::span<const Field> event_schema() noexcept { return event_keys; }

const Field* find_field(std::string_view path) noexcept {
    std::span<const Field> fields = event_keys;
    while (true) {
        const auto dot = path.find('.');
        std::string_view key = path.substr(0, dot);
        const bool is_each = key.ends_with(each_of_list);
        if (is_each) key.remove_suffix(each_of_list.size());
        const Field* field = find_in(fields, key);
        if (dot == std::string_view::npos) return is_each ? nullptr : field;
        if (field == nullptr || is_each != (field->type == Type::ClosedList)) return nullptr;
        fields = field->fields.list();
        path.remove_prefix(dot + 1);
    }
}

}  // namespace pinrelay::destinations::pinterest
