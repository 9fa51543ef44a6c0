#include "schema.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock_pinterest/text.hpp"
#include "python_repr.hpp"
#include "schema_tables.hpp"

namespace pinrelay::mock {
namespace {

using nlohmann::json;
using namespace schema;

using Found = std::optional<Breach>;

std::string quoted(std::string_view word) { return "'" + std::string(word) + "'"; }

Breach breach(std::string message) { return {"Invalid request: " + std::move(message), ""}; }

// Breaches are found deep down; the place is put together on the way up, so that the good case costs nothing.
Found under(std::string_view key, Found found) {
    if (found) {
        const bool joined = found->where.empty() || found->where.front() == '[';
        found->where = std::string(key) + (joined ? "" : ".") + found->where;
    }
    return found;
}

Found check_object(const json& object, const Shape& shape, const SchemaOptions& options);

const char* type_name(Kind kind) {
    switch (kind) {
        case Kind::Text: return "'string'";
        case Kind::Integer: return "'integer'";
        case Kind::Boolean: return "'boolean'";
        case Kind::Texts:
        case Kind::Objects: return "'array'";
        case Kind::Object: return "'object'";
    }
    return "";
}

Breach wrong_type(const json& value, Kind kind, Presence presence) {
    return breach(python_repr(value) + " is not of type " + type_name(kind) +
                  (presence == Presence::Nullable ? ", 'null'" : ""));
}

bool has_type(const json& value, Kind kind) {
    switch (kind) {
        case Kind::Text: return value.is_string();
        case Kind::Integer: return value.is_number_integer();
        case Kind::Boolean: return value.is_boolean();
        case Kind::Texts:
        case Kind::Objects: return value.is_array();
        case Kind::Object: return value.is_object();
    }
    return false;
}

Found check_text(const json& value, const Key& key) {
    const auto& text = value.get_ref<const std::string&>();
    if (static_cast<std::int64_t>(length_in_characters(text)) > key.limits.maximum)
        return breach(python_repr(value) + " is too long");
    if (key.allowed.empty() || std::ranges::find(key.allowed, text) != key.allowed.end()) return {};
    std::string list;
    for (const std::string_view word : key.allowed) list += (list.empty() ? "" : ", ") + quoted(word);
    return breach(python_repr(value) + " is not one of [" + list + "]");
}

Found check_integer(const json& value, const Key& key) {
    // Beyond int64 an unsigned number is above every limit, and above what an int64 field can take.
    const bool too_large =
        value.is_number_unsigned() &&
        value.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const std::int64_t number = too_large ? 0 : value.get<std::int64_t>();
    if (too_large || number > key.limits.maximum)
        return breach(value.dump() + " is greater than the maximum of " + std::to_string(key.limits.maximum));
    if (number < key.limits.minimum)
        return breach(value.dump() + " is less than the minimum of " + std::to_string(key.limits.minimum));
    return {};
}

Found check_list(const json& value, const Key& key, const SchemaOptions& options) {
    const auto size = static_cast<std::int64_t>(value.size());
    if (size > key.limits.maximum) return breach(python_repr(value) + " is too long");
    if (size < key.limits.minimum) return breach(python_repr(value) + " is too short");
    const Kind kind = key.kind == Kind::Texts ? Kind::Text : Kind::Object;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const json& item = value[i];
        Found found;
        if (!has_type(item, kind)) {
            found = wrong_type(item, kind, Presence::Optional);
        } else if (key.shape != nullptr) {
            found = check_object(item, *key.shape, options);
        }
        if (found) return under("[" + std::to_string(i) + "]", std::move(found));
    }
    return {};
}

Found check_value(const json& value, const Key& key, const SchemaOptions& options) {
    if (value.is_null() && key.presence == Presence::Nullable) return {};
    if (!has_type(value, key.kind)) return wrong_type(value, key.kind, key.presence);
    switch (key.kind) {
        case Kind::Text: return check_text(value, key);
        case Kind::Integer: return check_integer(value, key);
        case Kind::Texts:
        case Kind::Objects: return check_list(value, key, options);
        case Kind::Object: return check_object(value, *key.shape, options);
        case Kind::Boolean: break;
    }
    return {};
}

// The names that no row of the shape has, as the message lists them.
struct UnknownKeys {
    std::string list;
    std::size_t count = 0;

    void add(std::string_view name) { list += (count++ == 0 ? "" : ", ") + python_quoted(name); }
    Breach as_breach() const {
        return breach("Additional properties are not allowed (" + list + (count == 1 ? " was" : " were") +
                      " unexpected)");
    }
};

bool is_filled_list(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_array() && !found->empty();
}

// em, or hashed_maids, or IP address and user agent. Whether an empty list is a presence is not documented; here it is
// none, since nothing can be matched by it.
Found check_match_rule(const json& user_data) {
    const bool matchable = is_filled_list(user_data, "em") || is_filled_list(user_data, "hashed_maids") ||
                           (user_data.contains("client_ip_address") && user_data.contains("client_user_agent"));
    if (matchable) return {};
    return breach(python_repr(user_data) + " is not valid under any of the given schemas");
}

Found check_required(const json& object, const Shape& shape) {
    for (const Key& key : shape.keys) {
        if (key.presence == Presence::Required && !object.contains(key.name))
            return breach(quoted(key.name) + " is a required property");
    }
    return {};
}

// One walk over the members: a lookup for each key of the table would cost more than all the rest.
Found check_object(const json& object, const Shape& shape, const SchemaOptions& options) {
    UnknownKeys unknown;
    Found first;
    for (auto member = object.begin(); member != object.end(); ++member) {
        const std::string& name = member.key();
        const auto key = std::ranges::find_if(shape.keys, [&](const Key& row) { return row.name == name; });
        if (key == shape.keys.end()) {
            unknown.add(name);
        } else if (!first) {
            first = under(key->name, check_value(*member, *key, options));
        }
    }
    const bool closed = shape.closed == Closed::Yes || options.closed_user_data;
    if (closed && unknown.count > 0) return unknown.as_breach();
    if (auto missing = check_required(object, shape)) return missing;
    if (first) return first;
    return &shape == &user_data_shape ? check_match_rule(object) : Found{};
}

}  // namespace

std::optional<Breach> find_breach(const json& body, const SchemaOptions& options) {
    if (!body.is_object()) return wrong_type(body, Kind::Object, Presence::Optional);
    return check_object(body, body_shape, options);
}

}  // namespace pinrelay::mock
