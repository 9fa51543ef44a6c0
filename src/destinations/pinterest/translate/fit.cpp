#include "fit.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/schema.hpp"
#include "pinrelay/core/url_text.hpp"
#include "pinrelay/core/utf8.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Arena;
using model::Value;

constexpr std::size_t long_text = 512;
constexpr std::size_t long_list = 20;
constexpr std::string_view contents_path = "custom_data.contents";
constexpr std::string_view ids_path = "custom_data.content_ids";

std::size_t size_of(const Value& value) { return model::to_json(value).size() + 1; }  // with its comma

Value::Array list_at(const Value& event, std::string_view path) {
    const Value* value = find_at(event, path);
    return value == nullptr ? Value::Array() : value->items();
}

// What calls `change` with each item makes of it.
template <class Change>
Value changed_items(Value::Array items, Arena& arena, Change change) {
    model::GrowingList<Value> list(arena);
    list.reserve(items.size());
    for (const Value& item : items) list.push_back(change(item));
    return Value(list.span());
}

// The same of the members of an object.
template <class Change>
Value changed_members(const Value& object, Arena& arena, Change change) {
    model::GrowingList<Value::Member> list(arena);
    list.reserve(object.members().size());
    for (const Value::Member& member : object.members()) list.push_back({member.key, change(member)});
    return Value(list.span());
}

Value without_long_texts_of_items(const Value& event, std::size_t, Arena& arena, Notes& notes) {
    const auto is_kept = [&](const Value::Member& member) {
        if (member.key == "id" || !member.value.is_text() || member.value.text()->size() <= long_text) return true;
        notes.warn(warnings::field_too_long, arena.joined({contents_path, ".", member.key}),
                   "left out: the event is too large to send");
        return false;
    };
    const auto shorter = [&](const Value& item) { return filtered(item, arena, is_kept); };
    const Value::Array contents = list_at(event, contents_path);
    return contents.empty() ? event : with_at(event, contents_path, changed_items(contents, arena, shorter), arena);
}

// In turn the last entry of the longer of the two lists goes, of content_ids before contents.
Value with_fewer_items(const Value& event, std::size_t excess, Arena& arena, Notes& notes) {
    Value::Array ids = list_at(event, ids_path);
    Value::Array contents = list_at(event, contents_path);
    for (std::size_t gone = 0; gone < excess && !(ids.empty() && contents.empty());) {
        const bool is_id = ids.size() >= contents.size();
        Value::Array& list = is_id ? ids : contents;
        notes.warn(warnings::contents_left_out, is_id ? ids_path : contents_path,
                   "entries are left out: the event is too large to send");
        gone += size_of(list.back());
        list = list.first(list.size() - 1);
    }
    Value left = event;
    for (const auto& [path, list] : {std::pair(ids_path, ids), std::pair(contents_path, contents)})
        if (find_at(left, path) != nullptr)
            left = list.empty() ? without_at(left, path, arena) : with_at(left, path, Value(list), arena);
    return left;
}

// A long text that may be left out, and its path.
struct LongText {
    std::string_view path;
    std::string_view text;
};

void collect(const Value& object, std::span<const Field> fields, std::string_view prefix, Arena& arena,
             std::vector<LongText>& texts) {
    for (const Value::Member& member : object.members()) {
        const auto field = std::ranges::find(fields, member.key, &Field::key);
        const std::string_view path = arena.joined({prefix, member.key});
        if (field != fields.end() && member.value.is_object())
            collect(member.value, field->fields.list(), arena.joined({path, "."}), arena, texts);
        else if (field != fields.end() && !field->required && member.value.is_text() &&
                 member.value.text()->size() > long_text)
            texts.push_back({path, *member.value.text()});
    }
}

std::string_view beginning(std::string_view text) {
    std::size_t end = 0;
    while (true) {
        const std::size_t length = std::max<std::size_t>(utf8_length(text.substr(end)), 1);
        if (end + length > long_text) return text.substr(0, end);
        end += length;
    }
}

// What is left of a text that has to become shorter; "" for nothing.
std::string_view shortened(const LongText& place) {
    if (place.path == "user_data.client_user_agent") return beginning(place.text);
    if (place.path != "event_source_url") return {};
    const auto page = split_url(place.text).page;
    return page.size() > long_text ? std::string_view() : page;
}

Value with_shorter_texts(const Value& event, std::size_t excess, Arena& arena, Notes& notes) {
    std::vector<LongText> texts;
    collect(event, event_schema(), "", arena, texts);
    std::ranges::stable_sort(texts, std::ranges::greater(), [](const LongText& one) { return one.text.size(); });
    std::size_t gone = 0;
    Value left = event;
    for (const LongText& place : texts) {
        if (gone >= excess) break;
        const std::string_view rest = shortened(place);
        notes.warn(warnings::field_too_long, place.path,
                   rest.empty() ? "left out: the event is too large to send" : "cut: the event is too large to send");
        gone += place.text.size() - rest.size();
        left = rest.empty() ? without_at(left, place.path, arena) : with_at(left, place.path, Value(rest), arena);
    }
    return left;
}

Value with_shorter_lists(const Value& event, std::size_t, Arena& arena, Notes& notes) {
    return changed_members(event, arena, [&](const Value::Member& part) {
        if (!part.value.is_object()) return part.value;
        return changed_members(part.value, arena, [&](const Value::Member& member) {
            const Value::Array list = member.value.items();
            if (list.size() <= long_list) return member.value;
            notes.warn(warnings::field_too_long, arena.joined({part.key, ".", member.key}),
                       "entries are left out: the event is too large to send");
            return Value(list.first(long_list));
        });
    });
}

// Without objects in which nothing is left.
Value without_empty_parts(const Value& event, Arena& arena) {
    return filtered(event, arena, [](const Value::Member& member) {
        return !member.value.is_object() || !member.value.members().empty();
    });
}

using Step = Value (*)(const Value& event, std::size_t excess, Arena& arena, Notes& notes);
constexpr std::array<Step, 4> steps = {without_long_texts_of_items, with_fewer_items, with_shorter_texts,
                                       with_shorter_lists};

}  // namespace

std::optional<std::string> fitted_json(std::string body, std::size_t most, Notes& notes) {
    if (body.size() <= most) return body;
    Arena arena;
    const auto parsed = model::parse_json(body, arena);
    const auto* whole = std::get_if<Value>(&parsed);
    if (whole == nullptr) return std::nullopt;
    Value event = *whole;
    std::string shorter = body;
    for (const Step step : steps) {
        event = without_empty_parts(step(event, shorter.size() - most, arena, notes), arena);
        shorter = model::to_json(event);
        if (shorter.size() <= most) return shorter;
    }
    return std::nullopt;
}

}  // namespace pinrelay::destinations::pinterest
