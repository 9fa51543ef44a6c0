#pragma once

#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "config/keys.hpp"
#include "pinrelay/config/units.hpp"

// What the key table says, as the schema and as the tables of docs/configuration.md: the tests hold the files against
// this, and the disabled test of documents_test.cpp writes them.
namespace pinrelay::config {

using Json = nlohmann::ordered_json;

struct Described {
    Json schema;
    std::string type;  // for people
    std::string default_text;
};

inline Json with_rule(Json schema, const Rule& rule) {
    if (!rule.choices.empty())
        for (const auto choice : rule.choices) schema["enum"].push_back(std::string(choice));
    return schema;
}

inline std::string type_of_text(const Rule& rule) {
    if (rule.choices.empty()) return "text";
    std::string text;
    for (const auto choice : rule.choices) text.append(text.empty() ? "`" : ", `").append(choice).append("`");
    return text;
}

inline Described describe(const std::string& value, const Rule& rule) {
    return {with_rule({{"type", "string"}}, rule), type_of_text(rule), Json(value).dump()};
}
inline Described describe(const std::optional<std::string>&, const Rule& rule) {
    return {with_rule({{"type", {"string", "null"}}}, rule), type_of_text(rule), "—"};
}
inline Described describe(const std::filesystem::path& value, const Rule& rule) {
    return describe(value.string(), rule);
}
inline Described describe(bool value, const Rule&) {
    return {{{"type", "boolean"}}, "`true`, `false`", value ? "true" : "false"};
}
inline Described describe(const std::optional<bool>&, const Rule&) {
    return {{{"type", {"boolean", "null"}}}, "`true`, `false`", "—"};
}
inline Described describe(std::size_t value, const Rule& rule) {
    if (rule.is_size)
        return {{{"type", {"integer", "string"}}, {"pattern", "^[0-9]+(KiB|MiB|GiB|TiB)?$"}, {"minimum", rule.least}},
                "size, " + print_size(rule.least) + " to " + print_size(rule.most),
                Json(print_size(value)).dump()};
    return {{{"type", "integer"}, {"minimum", rule.least}, {"maximum", rule.most}},
            "number, " + std::to_string(rule.least) + " to " + std::to_string(rule.most),
            std::to_string(value)};
}
inline Described describe(const std::optional<PerSecond>& value, const Rule& rule) {
    return describe(value ? value->count : std::size_t{0}, rule);
}
inline Described describe(unsigned value, const Rule& rule) { return describe(std::size_t{value}, rule); }
inline Described describe(std::chrono::milliseconds value, const Rule& rule) {
    return {{{"type", "string"}, {"pattern", "^[0-9]+(ms|s|m|h|d)$"}},
            "duration, " + print_duration(rule.least) + " to " + print_duration(rule.most),
            Json(print_duration(static_cast<std::uint64_t>(value.count()))).dump()};
}
inline Described describe(const std::vector<std::string>& value, const Rule& rule) {
    Json schema = {{"type", "array"}, {"items", with_rule({{"type", "string"}}, rule)}};
    if (rule.needs_entry) schema["minItems"] = 1;
    return {schema, rule.choices.empty() ? "list of texts" : "list of " + type_of_text(rule), Json(value).dump()};
}

inline Described describe(const Secret&, const Rule& rule) { return describe(std::string(), rule); }

template <class Target>
Described describe_key(const Key<Target>& key) {
    const Target target{};
    return std::visit([&](auto member) { return describe(target.*member, key.rule); }, key.member);
}

template <class Target>
Json property(const Key<Target>& key) {
    const auto described = describe_key(key);
    Json schema = {{"description", std::string(key.meaning)}};
    schema.update(described.schema);
    if (described.default_text != "—") schema["default"] = Json::parse(described.default_text);
    return schema;
}

inline Json object_of(Json properties) {
    return {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
}

inline Json events_schema() {
    Json parameter = {{"description", "A place in the event as it arrived, or a constant."},
                      {"oneOf",
                       {object_of({{"from", {{"type", "string"}, {"pattern", "^/"}}}}),
                        object_of({{"value", {{"type", {"string", "number", "boolean"}}}}})}}};
    for (auto& form : parameter["oneOf"]) form["minProperties"] = 1;
    Json row = object_of({{"drop", {{"const", true}}},
                          {"name", {{"type", "string"}, {"minLength", 1}}},
                          {"custom_name", {{"type", "string"}, {"minLength", 1}}},
                          {"parameters", {{"type", "object"}, {"additionalProperties", parameter}}}});
    row["minProperties"] = 1;
    return {{"description", "What becomes of an event, by its GA4 name; \"*\" stands for every event."},
            {"type", "object"},
            {"additionalProperties", row}};
}

inline Json mapping_schema() {
    Json properties = Json::object();
    for (const auto& key : mapping_keys()) properties[std::string(key.path)] = property(key);
    properties["events"] = events_schema();
    return object_of(properties);
}

inline Json require_schema() {
    Json senders = {{"type", "array"}, {"items", {{"enum", {"signing_keys", "keys", "networks", "browsers"}}}}};
    senders["minItems"] = 1;
    return {
        {"description",
         "Who must send an event, by its name: events of lesser senders are dropped. \"keys\" means a shared key or "
         "better. docs/access.md says when to use it."},
        {"type", "object"},
        {"additionalProperties", senders}};
}

inline std::string schema_text() {
    Json accounts = Json::object();
    for (const auto& key : account_keys()) accounts[std::string(key.path)] = property(key);
    accounts["ad_account_id"].erase("default");
    accounts["mapping"] = {{"$ref", "#/$defs/mapping"}};
    accounts["require"] = require_schema();

    Json properties = {{"$schema", {{"type", "string"}}}};
    for (const auto& key : config_keys()) {
        const std::string path(key.path);
        const auto dot = path.find('.');
        if (dot == std::string::npos) {
            properties[path] = property(key);
            continue;
        }
        auto& section = properties[path.substr(0, dot)];
        if (section.is_null()) section = object_of(Json::object());
        section["properties"][path.substr(dot + 1)] = property(key);
    }
    properties["mapping"] = {{"$ref", "#/$defs/mapping"}};
    properties["accounts"] = {{"type", "array"}, {"items", object_of(accounts)}};

    Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "Configuration of Pinrelay"}};
    schema.update(object_of(properties));
    schema["$defs"] = {{"mapping", mapping_schema()}};
    return schema.dump(2) + "\n";
}

template <class Target, class Belongs>
std::string table_of(std::span<const Key<Target>> keys, const std::string& title, Belongs belongs) {
    std::string text = "### " + title + "\n\n| key | variable | value | default | meaning |\n|---|---|---|---|---|\n";
    for (const auto& key : keys) {
        if (!belongs(key.path)) continue;
        const auto described = describe_key(key);
        const bool has_default = described.default_text != "—" && described.default_text != "\"\"";
        text.append("| `").append(key.path).append("` | ");
        text.append(key.variable.empty() ? "—" : "`" + std::string(key.variable) + "`").append(" | ");
        text.append(described.type).append(" | ");
        text.append(has_default ? "`" + described.default_text + "`" : "—").append(" | ");
        text.append(key.meaning).append(" |\n");
    }
    return text + "\n";
}

struct Section {
    std::string_view prefix;
    const char* title;
};
constexpr std::array sections = {
    Section{"collect.", "Taking events (`collect`)"},
    Section{"cookies.", "Cookies (`cookies`)"},
    Section{"duplicates.", "Copies of an event (`duplicates`)"},
    Section{"spool.", "The store (`spool`)"},
    Section{"dead_letters.", "Dead letters (`dead_letters`)"},
    Section{"journal.", "The journal of outcomes (`journal`)"},
    Section{"delivery.", "Delivery (`delivery`)"},
    Section{"alarms.", "Alarms (`alarms`)"},
};

inline std::string tables_text() {
    std::string text =
        table_of(config_keys(), "The process", [](std::string_view p) { return p.find('.') == p.npos; }) +
        table_of(account_keys(), "An account (`accounts[]`)", [](std::string_view) { return true; }) +
        table_of(mapping_keys(), "Mapping (`mapping`, and `accounts[].mapping`)",
                 [](std::string_view) { return true; });
    for (const auto& section : sections)
        text += table_of(config_keys(), section.title,
                         [&](std::string_view path) { return path.starts_with(section.prefix); });
    return text;
}

}  // namespace pinrelay::config
