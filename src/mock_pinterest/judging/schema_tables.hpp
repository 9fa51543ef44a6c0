#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

// The closed schema as data: one row for each key that the endpoint knows.
namespace pinrelay::mock::schema {

enum class Kind : std::uint8_t { Text, Integer, Boolean, Texts, Object, Objects };
enum class Presence : std::uint8_t { Optional, Nullable, Required };

struct Shape;

struct Limits {
    std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
};

struct Key {
    std::string_view name;
    Kind kind = Kind::Text;
    Presence presence = Presence::Optional;
    Limits limits{};  // of an integer's value, a text's characters, a list's length
    std::span<const std::string_view> allowed{};
    const Shape* shape = nullptr;  // of an object or of a list's objects
};

enum class Closed : bool { No, Yes };

struct Shape {
    std::span<const Key> keys;
    Closed closed = Closed::Yes;
};

constexpr Limits up_to(std::int64_t most) { return {0, most}; }
inline constexpr auto Nullable = Presence::Nullable;
inline constexpr auto Required = Presence::Required;
inline constexpr auto Optional = Presence::Optional;

inline constexpr std::array<std::string_view, 2> customer_types{"new", "returning"};
inline constexpr std::array<std::string_view, 9> form_factors{"desktop", "laptop", "cellphone", "tablet", "smartwatch",
                                                              "tv",      "vr",     "console",   "other"};
inline constexpr std::array<std::string_view, 8> network_types{
    "wifi", "cellular_2g", "cellular_3g", "cellular_4g", "cellular_5g", "cellular_6g", "ethernet", "unknown"};
inline constexpr std::array<std::string_view, 7> os_families{"ios",   "android", "macos", "windows",
                                                             "linux", "bsd",     "other"};

inline constexpr std::array user_data_keys = {
    Key{"em", Kind::Texts},
    Key{"ph", Kind::Texts},
    Key{"fn", Kind::Texts},
    Key{"ln", Kind::Texts},
    Key{"ge", Kind::Texts},
    Key{"db", Kind::Texts},
    Key{"ct", Kind::Texts},
    Key{"st", Kind::Texts},
    Key{"zp", Kind::Texts},
    Key{"country", Kind::Texts},
    Key{"external_id", Kind::Texts},
    Key{"hashed_maids", Kind::Texts},
    Key{"client_ip_address", Kind::Text},
    Key{"client_user_agent", Kind::Text},
    Key{"click_id", Kind::Text, Nullable},
    Key{"partner_id", Kind::Text, Nullable},
    Key{"customer_type", Kind::Text, Optional, {}, customer_types},
};

inline constexpr std::array contents_keys = {
    Key{"id", Kind::Text},
    Key{"item_price", Kind::Text},
    Key{"quantity", Kind::Integer},
    Key{"item_name", Kind::Text},
    Key{"item_category", Kind::Text},
    Key{"item_brand", Kind::Text},
    Key{"item_brand_id", Kind::Text, Optional, up_to(64)},
};
inline constexpr Shape contents_shape{contents_keys};

inline constexpr std::array custom_data_keys = {
    Key{"value", Kind::Text, Nullable},
    Key{"currency", Kind::Text, Nullable},
    Key{"content_ids", Kind::Texts},
    Key{"contents", Kind::Objects, Optional, {}, {}, &contents_shape},
    Key{"num_items", Kind::Integer},
    Key{"order_id", Kind::Text, Nullable},
    Key{"search_string", Kind::Text, Nullable},
    Key{"content_name", Kind::Text, Nullable},
    Key{"content_category", Kind::Text, Nullable},
    Key{"content_brand", Kind::Text, Nullable},
    Key{"opt_out_type", Kind::Text, Nullable},
    Key{"np", Kind::Text, Nullable},
    Key{"predicted_ltv", Kind::Text, Nullable},
    Key{"external_measurement_id", Kind::Text, Nullable},
    Key{"external_measurement_vendor_id", Kind::Integer, Nullable},
};

inline constexpr std::int64_t largest_window = 30'720;
inline constexpr std::array app_info_keys = {
    Key{"app_id", Kind::Text, Optional, up_to(200)},
    Key{"app_name", Kind::Text, Optional, up_to(200)},
    Key{"app_package_name", Kind::Text, Optional, up_to(200)},
    Key{"app_store", Kind::Text, Optional, up_to(100)},
    Key{"app_version", Kind::Text, Optional, up_to(100)},
    Key{"install_time", Kind::Integer, Optional, Limits{.minimum = 0}},
    Key{"user_agent", Kind::Text, Optional, up_to(16'384)},
    Key{"window_width", Kind::Integer, Optional, up_to(largest_window)},
    Key{"window_height", Kind::Integer, Optional, up_to(largest_window)},
};

inline constexpr std::int64_t largest_storage = 1'048'576;
inline constexpr std::array device_info_keys = {
    Key{"brand", Kind::Text, Optional, up_to(100)},
    Key{"carrier", Kind::Text, Optional, up_to(100)},
    Key{"model", Kind::Text, Optional, up_to(100)},
    Key{"type", Kind::Text, Optional, up_to(100)},
    Key{"kernel_version", Kind::Text, Optional, up_to(100)},
    Key{"os_name", Kind::Text, Optional, up_to(100)},
    Key{"os_release_name", Kind::Text, Optional, up_to(100)},
    Key{"os_version", Kind::Text, Optional, up_to(100)},
    Key{"locale", Kind::Text, Optional, up_to(35)},
    Key{"timezone", Kind::Text, Optional, up_to(40)},
    Key{"timezone_abbr", Kind::Text, Optional, up_to(5)},
    Key{"languages", Kind::Texts, Optional, up_to(100)},
    Key{"form_factor", Kind::Text, Optional, {}, form_factors},
    Key{"network_type", Kind::Text, Optional, {}, network_types},
    Key{"os_family", Kind::Text, Optional, {}, os_families},
    Key{"battery_level", Kind::Integer, Optional, up_to(100)},
    Key{"cpu_cores", Kind::Integer, Optional, up_to(1'152)},
    Key{"screen_width", Kind::Integer, Optional, up_to(largest_window)},
    Key{"screen_height", Kind::Integer, Optional, up_to(largest_window)},
    Key{"screen_density", Kind::Integer, Optional, up_to(100'000)},
    Key{"external_storage_free_space", Kind::Integer, Optional, up_to(largest_storage)},
    Key{"external_storage_size", Kind::Integer, Optional, up_to(largest_storage)},
    Key{"storage_free_space", Kind::Integer, Optional, up_to(largest_storage)},
    Key{"storage_size", Kind::Integer, Optional, up_to(largest_storage)},
};

// user_data is the one object that the platform's own specification leaves open.
inline constexpr Shape user_data_shape{user_data_keys, Closed::No};
inline constexpr Shape custom_data_shape{custom_data_keys};
inline constexpr Shape app_info_shape{app_info_keys};
inline constexpr Shape device_info_shape{device_info_keys};

inline constexpr std::array event_keys = {
    Key{"event_name", Kind::Text, Required},
    Key{"action_source", Kind::Text, Required},
    Key{"event_time", Kind::Integer, Required},
    Key{"event_id", Kind::Text, Required},
    Key{"user_data", Kind::Object, Required, {}, {}, &user_data_shape},
    Key{"event_source_url", Kind::Text, Nullable},
    Key{"opt_out", Kind::Boolean},
    Key{"partner_name", Kind::Text, Nullable},
    Key{"custom_data", Kind::Object, Optional, {}, {}, &custom_data_shape},
    Key{"app_id", Kind::Text, Nullable},
    Key{"app_name", Kind::Text, Nullable},
    Key{"app_version", Kind::Text, Nullable},
    Key{"device_brand", Kind::Text, Nullable},
    Key{"device_carrier", Kind::Text, Nullable},
    Key{"device_model", Kind::Text, Nullable},
    Key{"device_type", Kind::Text, Nullable},
    Key{"os_version", Kind::Text, Nullable},
    Key{"wifi", Kind::Boolean},
    Key{"language", Kind::Text, Nullable},
    Key{"app_info", Kind::Object, Optional, {}, {}, &app_info_shape},
    Key{"device_info", Kind::Object, Optional, {}, {}, &device_info_shape},
    Key{"advertiser_tracking_enabled", Kind::Boolean},
};
inline constexpr Shape event_shape{event_keys};

inline constexpr std::array body_keys = {
    Key{"data", Kind::Objects, Required, Limits{1, 1000}, {}, &event_shape},
};
inline constexpr Shape body_shape{body_keys};

}  // namespace pinrelay::mock::schema
