#include "mapping_case.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "cli/json_views.hpp"
#include "cli/spool/text.hpp"

namespace pinrelay::cli {
namespace {

using model::Value;

constexpr std::array<std::string_view, 4> case_keys = {"request", "from", "headers", "expect"};
constexpr std::array<std::string_view, 6> expectation_keys = {"status",    "reason", "account",
                                                              "pinterest", "absent", "warnings"};

template <std::size_t Count>
std::optional<std::string> unknown_key(const Value& object, const std::array<std::string_view, Count>& keys) {
    for (const auto& member : object.members())
        if (std::ranges::find(keys, member.key) == keys.end()) return std::string(member.key);
    return std::nullopt;
}

std::string request_text(const Value& request) {
    const auto text = request.text();
    return text ? std::string(*text) : model::to_json(request);
}

std::optional<std::string> problem_of(const Value& expected) {
    if (!expected.is_array() || expected.items().empty()) return "\"expect\" must be a list with an object per event";
    for (const Value& one : expected.items()) {
        if (!one.is_object()) return "\"expect\" must hold objects only";
        if (const auto key = unknown_key(one, expectation_keys)) return "\"expect\" knows no \"" + *key + "\"";
    }
    return std::nullopt;
}

// Says where two values differ, at the deepest place.
class Comparison {
public:
    explicit Comparison(const Value& event) : event_(event) {}

    void text(std::string_view name, const Value* expected, std::string_view got) {
        if (expected != nullptr && view_of(expected) != got)
            add(name, "expected " + model::to_json(*expected) + ", got " + (got.empty() ? "none" : quoted(got)));
    }

    void keys(const Value& expected, const Value* got, const std::string& path) {
        for (const auto& member : expected.members()) {
            const std::string below = path.empty() ? std::string(member.key) : path + '.' + std::string(member.key);
            const Value* value = got == nullptr ? nullptr : got->find(member.key);
            if (member.value.is_object() && (value == nullptr || value->is_object()))
                keys(member.value, value, below);
            else if (value == nullptr || *value != member.value)
                add(below, "expected " + model::to_json(member.value) + ", got " +
                               (value == nullptr ? "none" : model::to_json(*value)) + origin_of(below));
        }
    }

    void absent(const Value& paths, const Value* got) {
        for (const Value& path : paths.items()) {
            const Value* value = got;
            std::string_view rest = view_of(&path);
            while (value != nullptr && !rest.empty()) {
                const std::size_t dot = std::min(rest.find('.'), rest.size());
                value = value->find(rest.substr(0, dot));
                rest.remove_prefix(std::min(dot + 1, rest.size()));
            }
            if (value != nullptr)
                add(view_of(&path), "must be absent, got " + model::to_json(*value) + origin_of(view_of(&path)));
        }
    }

    void warnings(const Value& expected, const Value* got) {
        const auto found = got == nullptr ? Value::Array() : got->items();
        for (const Value& code : expected.items()) {
            const auto is_it = [&](const Value& one) { return view_of(one.find("code")) == view_of(&code); };
            if (std::ranges::none_of(found, is_it)) add("warnings", "expected " + model::to_json(code));
        }
        for (const Value& one : found) {
            const auto is_it = [&](const Value& code) { return view_of(one.find("code")) == view_of(&code); };
            if (std::ranges::none_of(expected.items(), is_it))
                add("warnings", "got " + quoted(view_of(one.find("code"))) + ": " +
                                    printable(view_of(one.find("message"))));
        }
    }

    std::vector<std::string> take() { return std::move(lines_); }

private:
    static std::string quoted(std::string_view text) { return '"' + printable(text) + '"'; }

    void add(std::string_view name, const std::string& sentence) {
        lines_.push_back(std::string(name) + ": " + sentence);
    }

    std::string origin_of(std::string_view path) const {
        const Value* origins = event_.find("origins");
        if (origins == nullptr) return {};
        for (const Value& origin : origins->items()) {
            if (view_of(origin.find("field")) != path) continue;
            const std::string_view from = view_of(origin.find("from"));
            return " ← " + (from.empty() ? "" : printable(from) + ": ") + printable(view_of(origin.find("rule")));
        }
        return {};
    }

    const Value& event_;
    std::vector<std::string> lines_;
};

bool has_own_time(const Value& event) {
    const Value* origins = event.find("origins");
    return origins != nullptr && std::ranges::any_of(origins->items(), [](const Value& origin) {
               return view_of(origin.find("field")) == "event_time" && !view_of(origin.find("from")).empty();
           });
}

void write_expectation(JsonWriter& json, const Value& event, model::Arena& arena) {
    json.begin_object();
    json.member("status", view_of(event.find("status")));
    if (const auto reason = view_of(event.find("reason")); !reason.empty()) json.member("reason", reason);
    if (const auto account = view_of(event.find("destination")); !account.empty()) json.member("account", account);
    if (const Value* body = event.find("pinterest")) {
        const bool keeps_time = has_own_time(event);
        const auto is_kept = [&](const Value::Member& one) { return keeps_time || one.key != "event_time"; };
        json.key("pinterest");
        json.raw(model::to_json(model::filtered(*body, arena, is_kept)));
    }
    json.key("warnings");
    json.begin_array();
    if (const Value* warnings = event.find("warnings"))
        for (const Value& one : warnings->items()) json.text(view_of(one.find("code")));
    json.end_array();
    json.end_object();
}

}  // namespace

std::variant<MappingCase, std::string> read_mapping_case(std::string_view json, model::Arena& arena) {
    const auto parsed = model::parse_json(json, arena);
    if (const auto* error = std::get_if<model::ParseError>(&parsed))
        return "it is no JSON: " + error->reason + " at byte " + std::to_string(error->offset);
    const Value& document = std::get<Value>(parsed);
    if (!document.is_object()) return "a case is a JSON object";
    if (const auto key = unknown_key(document, case_keys)) return "a case knows no \"" + *key + "\"";
    const Value* request = document.find("request");
    const Value* expected = document.find("expect");
    if (request == nullptr || request->is_null()) return "a case needs a \"request\"";
    if (expected == nullptr) return "a case needs \"expect\"";
    if (auto problem = problem_of(*expected)) return *problem;
    MappingCase read{{request_text(*request), std::string(view_of(document.find("from"))), {}}, *expected};
    if (const Value* headers = document.find("headers"))
        for (const auto& member : headers->members())
            read.request.headers.emplace_back(member.key, view_of(&member.value));
    return read;
}

std::vector<std::string> differences(const Value& expected, const Value& event) {
    Comparison comparison(event);
    comparison.text("status", expected.find("status"), view_of(event.find("status")));
    comparison.text("reason", expected.find("reason"), view_of(event.find("reason")));
    comparison.text("account", expected.find("account"), view_of(event.find("destination")));
    const Value* body = event.find("pinterest");
    if (const Value* keys = expected.find("pinterest")) comparison.keys(*keys, body, "");
    if (const Value* absent = expected.find("absent")) comparison.absent(*absent, body);
    if (const Value* warnings = expected.find("warnings")) comparison.warnings(*warnings, event.find("warnings"));
    return comparison.take();
}

std::string mapping_case_of(const app::ToExplain& request, const Value& explanation) {
    model::Arena arena;
    JsonWriter json(JsonWriter::Layout::Indented);
    json.begin_object();
    json.member("request", request.text);
    if (!request.peer.empty()) json.member("from", request.peer);
    if (!request.headers.empty()) {
        json.key("headers");
        json.begin_object();
        for (const auto& [name, value] : request.headers) json.member(name, value);
        json.end_object();
    }
    json.key("expect");
    json.begin_array();
    if (const Value* events = explanation.at_pointer("/report/events"))
        for (const Value& event : events->items()) write_expectation(json, event, arena);
    json.end_array();
    json.end_object();
    return json.take() + "\n";
}

}  // namespace pinrelay::cli
