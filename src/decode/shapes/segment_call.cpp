#include "segment_call.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "decode/text/json_text.hpp"
#include "event_reader.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/decode/ignored.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

// Which objects win where they speak of the same thing. The page of the context wins over `url` among the properties,
// which is the product's.
enum CallScope : unsigned { OfCall, OfContext, OfProperties, Otherwise };
static_assert(segment_batch_scope > Otherwise);

struct CallType {
    std::string_view type;
    std::string_view event_name;  // GA4's; "" where the call names its event
    std::string_view ignored;     // a metric label, where the call is no event
};
constexpr std::array call_types = {
    CallType{"track", "", ""},
    CallType{"page", "page_view", ""},
    CallType{"screen", "screen_view", ""},
    CallType{"identify", "", ignored::segment_identify},
    CallType{"group", "", ignored::segment_group},
    CallType{"alias", "", ignored::segment_alias},
};
constexpr std::array<std::string_view, 3> call_keys = {"properties", "messageId", "anonymousId"};

struct EventName {
    std::string_view name;  // by Segment's specification of commerce, in lower case
    std::string_view ga4;
};
constexpr std::array event_names = {
    EventName{"products searched", "search"},
    EventName{"product list viewed", "view_item_list"},
    EventName{"promotion viewed", "view_promotion"},
    EventName{"promotion clicked", "select_promotion"},
    EventName{"product clicked", "select_item"},
    EventName{"product viewed", "view_item"},
    EventName{"product added", "add_to_cart"},
    EventName{"product removed", "remove_from_cart"},
    EventName{"product added to wishlist", "add_to_wishlist"},
    EventName{"cart viewed", "view_cart"},
    EventName{"checkout started", "begin_checkout"},
    EventName{"payment info entered", "add_payment_info"},
    EventName{"shipping info entered", "add_shipping_info"},
    EventName{"order completed", "purchase"},
    EventName{"order refunded", "refund"},
    EventName{"signed up", "sign_up"},
    EventName{"signed in", "login"},
};

// Where a call says what has another name, or stands elsewhere, in event data.
struct Moved {
    std::string_view from;  // JSON pointer
    std::string_view to;
};
constexpr std::array from_context = {
    Moved{"/context/page/url", "page_location"},
    Moved{"/context/page/referrer", "page_referrer"},
    Moved{"/context/page/title", "page_title"},
    Moved{"/context/ip", "ip_override"},
    Moved{"/context/userAgent", "user_agent"},
    Moved{"/context/locale", "language"},
    Moved{"/context/app/name", "app.name"},
    Moved{"/context/app/namespace", "app.package_name"},
    Moved{"/context/app/version", "app.version"},
    Moved{"/context/device/manufacturer", "device.brand"},
    Moved{"/context/device/model", "device.model"},
    Moved{"/context/device/advertisingId", "advertising_id"},
    Moved{"/context/device/adTrackingEnabled", "advertiser_tracking_enabled"},
    Moved{"/context/os/name", "device.operating_system"},
    Moved{"/context/os/version", "device.operating_system_version"},
    Moved{"/context/network/carrier", "device.carrier"},
    Moved{"/context/network/wifi", "device.wifi"},
    Moved{"/context/traits/email", "user_data.email"},
    Moved{"/context/traits/phone", "user_data.phone"},
    Moved{"/context/traits/firstName", "user_data.first_name"},
    Moved{"/context/traits/lastName", "user_data.last_name"},
    Moved{"/context/traits/gender", "user_data.gender"},
    Moved{"/context/traits/birthday", "user_data.birth_date"},
    Moved{"/context/traits/address/city", "user_data.city"},
    Moved{"/context/traits/address/state", "user_data.region"},
    Moved{"/context/traits/address/postalCode", "user_data.postal_code"},
    Moved{"/context/traits/address/country", "user_data.country"},
    Moved{"/context/consent", "consent"},  // Google's purposes in it; Segment's categories have no fixed names
    Moved{"/sentAt", "sent_at"},
};
// Below the properties, which may say these things in GA4's own words.
constexpr std::array otherwise = {
    Moved{"/messageId", "event_id"},
    Moved{"/anonymousId", "client_id"},
    Moved{"/properties/total", "value"},
    Moved{"/properties/query", "search_term"},
};

// The members of a product, which stand among the properties where the event is about one.
constexpr std::array<std::string_view, 2> product_ids = {"product_id", "sku"};
constexpr std::array<std::string_view, 8> product_keys = {"product_id", "sku",     "name",  "brand",
                                                          "category",   "variant", "price", "quantity"};

const CallType* find_type(const Value& call) {
    const Value* type = call.find("type");
    const auto text = type == nullptr ? std::nullopt : type->text();
    if (!text) return nullptr;
    const auto* row = std::ranges::find_if(call_types, [text](const CallType& one) { return one.type == *text; });
    return row == call_types.end() ? nullptr : row;
}

Value moved(const Value& call, std::span<const Moved> rows, model::Arena& arena) {
    model::GrowingList<Value::Member> members(arena);
    for (const Moved& row : rows) {
        const Value* value = call.at_pointer(row.from);
        if (value != nullptr) members.push_back({row.to, *value});
    }
    return Value(members.span());
}

// Where what `otherwise` moves is said to be, until use_call_keys() names its place in the call.
constexpr std::string_view moved_place = "otherwise";

// "context.page.url" for "/context/page/url".
std::string dotted(std::string_view pointer) {
    std::string path(pointer.substr(1));
    std::ranges::replace(path, '/', '.');
    return path;
}

bool is_product_key(std::string_view path) {
    return std::ranges::any_of(product_keys, [path](std::string_view key) {
        return path.starts_with("properties.") && path.substr(path.find('.') + 1) == key;
    });
}

// Names the place in the call, for each source that was read from a copy.
void use_call_keys(model::Origins& origins) {
    const auto rename = [](std::string& source, std::string_view where, std::span<const Moved> rows) {
        for (const Moved& row : rows)
            if (source == std::string(where) + '.' + std::string(row.to)) return void(source = dotted(row.from));
    };
    bool is_product = false;
    origins.rename_sources([&](std::string& source) {
        rename(source, "context", from_context);
        rename(source, moved_place, otherwise);
        if (source != std::string(moved_place) + ".items") return;
        source = "properties";
        is_product = true;
    });
    std::erase_if(origins.unread, [is_product](const model::Origins::Unread& one) {
        const auto is_moved = [&](const Moved& row) { return dotted(row.from) == one.key; };
        return (is_product && is_product_key(one.key)) || std::ranges::any_of(otherwise, is_moved);
    });
}

Value with_single_product(const Value& event_data, const Value& properties, model::Arena& arena) {
    if (std::ranges::none_of(product_ids,
                             [&properties](std::string_view key) { return properties.find(key) != nullptr; }))
        return event_data;
    model::GrowingList<Value::Member> product(arena);
    for (const std::string_view key : product_keys)
        if (const Value* value = properties.find(key)) product.push_back({key, *value});
    model::GrowingList<Value> items(arena);
    items.push_back(Value(product.span()));
    return model::with_member(event_data, "items", Value(items.span()), arena);
}

std::variant<std::string_view, Rejection> name_of(const Value& call, const CallType& type, const std::string& pointer) {
    if (!type.event_name.empty()) return type.event_name;
    const Value* event = call.find("event");
    if (event != nullptr && !event->is_null() && !event->is_text())
        return Rejection{RejectCode::WrongType, pointer + "/event", "an event name must be a text"};
    if (event == nullptr || event->is_null() || identity::is_absent(*event->text()))
        return Rejection{RejectCode::NotAnEvent, pointer + "/event", "a track call needs the name of its event"};
    const std::string_view name = ascii::trimmed(*event->text());
    const auto* row = std::ranges::find_if(
        event_names, [name](const EventName& one) { return ascii::equals_ignoring_case(name, one.name); });
    return row == event_names.end() ? name : row->ga4;
}

}  // namespace

bool is_segment_call(const Value& value) {
    return find_type(value) != nullptr &&
           std::ranges::any_of(call_keys, [&value](std::string_view key) { return value.find(key) != nullptr; });
}

Value segment_context(const Value& batch, model::Arena& arena) { return moved(batch, from_context, arena); }

Member read_segment_call(const Value& closed, const Fields& shared, const Reading& reading) {
    const std::string& pointer = reading.pointer;
    if (!closed.is_object()) return Rejection{RejectCode::NotAnEvent, pointer, "a call is a JSON object"};
    const CallType* type = find_type(closed);
    if (type == nullptr) return Rejection{RejectCode::NotAnEvent, pointer + "/type", "no type of call that is known"};
    if (!type->ignored.empty()) return Ignored{type->ignored};
    auto name = name_of(closed, *type, pointer);
    if (auto* rejection = std::get_if<Rejection>(&name)) return std::move(*rejection);

    model::Arena& arena = reading.arena;
    const Value call = open_json_texts(closed, arena);
    const Value context = moved(call, from_context, arena);
    Value rest = moved(call, otherwise, arena);
    const Value* properties = call.find("properties");
    if (properties != nullptr) rest = with_single_product(rest, *properties, arena);
    Fields fields = shared;
    fields.read(call, OfCall);
    fields.read(context, OfContext, {}, "context");
    if (properties != nullptr) fields.read(*properties, OfProperties, {}, "properties");
    fields.read(rest, Otherwise, {}, moved_place);
    model::Event event = read_event(std::get<std::string_view>(name), fields, reading);
    if (event.origins) event.origins->note(&model::Event::name, call.find("event") != nullptr ? "event" : "type");
    if (event.origins) use_call_keys(*event.origins);
    event.source = call;
    return event;
}

}  // namespace pinrelay::decode
