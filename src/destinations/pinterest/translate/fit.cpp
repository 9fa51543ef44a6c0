#include "fit.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/schema.hpp"
#include "pinrelay/core/url_text.hpp"
#include "pinrelay/core/utf8.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Value;

constexpr std::size_t long_text = 512;
constexpr std::size_t long_list = 20;
constexpr std::string_view contents_path = "custom_data.contents";
constexpr std::string_view ids_path = "custom_data.content_ids";

std::size_t size_of(const Value& value) { return model::to_json(value).size() + 1; }  // with its comma

Value::Array* list_at(Object& event, std::string_view path) {
    Value* value = find_at(event, path);
    return value == nullptr ? nullptr : value->array();
}

std::size_t length_at(Object& event, std::string_view path) {
    const auto* list = list_at(event, path);
    return list == nullptr ? 0 : list->size();
}

void remove_empty(Object& object) {
    std::erase_if(object, [](const Value::Member& member) {
        return member.value.array() != nullptr && member.value.array()->empty();
    });
}

// Takes the last entry off the longer of the two lists, content_ids before contents. Returns its bytes; 0 where both
// are empty.
std::size_t take_off_one(Object& event, Notes& notes) {
    const bool is_id = length_at(event, ids_path) >= length_at(event, contents_path);
    const std::string_view path = is_id ? ids_path : contents_path;
    auto* list = list_at(event, path);
    if (list == nullptr || list->empty()) return 0;
    notes.warn(warnings::contents_left_out, path, "entries are left out: the event is too large to send");
    const std::size_t size = size_of(list->back());
    list->pop_back();
    return size;
}

void remove_long_texts_of_items(Object& event, std::size_t, Notes& notes) {
    auto* contents = list_at(event, contents_path);
    if (contents == nullptr) return;
    for (Value& content : *contents) {
        if (content.object() == nullptr) continue;
        std::erase_if(*content.object(), [&](const Value::Member& member) {
            if (member.key == "id" || member.value.text() == nullptr || member.value.text()->size() <= long_text)
                return false;
            notes.warn(warnings::field_too_long, std::string(contents_path) + "." + member.key,
                       "left out: the event is too large to send");
            return true;
        });
    }
}

void shorten_items(Object& event, std::size_t excess, Notes& notes) {
    for (std::size_t gone = 0; gone < excess;) {
        const std::size_t size = take_off_one(event, notes);
        if (size == 0) break;
        gone += size;
    }
    if (Value* custom_data = find(event, "custom_data"); custom_data != nullptr && custom_data->object() != nullptr)
        remove_empty(*custom_data->object());
}

// A long text that may be left out, and where it stands.
struct LongText {
    Object* object;
    std::string key;
    std::string path;
    std::size_t size;
};

void collect(Object& object, std::span<const Field> fields, const std::string& prefix, std::vector<LongText>& texts) {
    for (Value::Member& member : object) {
        const auto field = std::ranges::find(fields, std::string_view(member.key), &Field::key);
        if (field == fields.end() || field->required) {
            Object* required = field == fields.end() ? nullptr : member.value.object();
            if (required != nullptr) collect(*required, field->fields.list(), prefix + member.key + ".", texts);
            continue;
        }
        if (Object* inner = member.value.object())
            collect(*inner, field->fields.list(), prefix + member.key + ".", texts);
        else if (const auto* text = member.value.text(); text != nullptr && text->size() > long_text)
            texts.push_back({&object, member.key, prefix + member.key, text->size()});
    }
}

std::string beginning(std::string_view text) {
    std::size_t end = 0;
    while (true) {
        const std::size_t length = std::max<std::size_t>(utf8_length(text.substr(end)), 1);
        if (end + length > long_text) return std::string(text.substr(0, end));
        end += length;
    }
}

// What is left of a text that has to become shorter; "" for nothing.
std::string shortened(const LongText& place, std::string_view text) {
    if (place.path == "user_data.client_user_agent") return beginning(text);
    if (place.path != "event_source_url") return {};
    const auto page = split_url(text).page;
    return page.size() > long_text ? std::string() : std::string(page);
}

void shorten_texts(Object& event, std::size_t excess, Notes& notes) {
    std::vector<LongText> texts;
    collect(event, event_schema(), "", texts);
    std::ranges::stable_sort(texts, std::ranges::greater(), &LongText::size);
    std::size_t gone = 0;
    for (const LongText& place : texts) {
        if (gone >= excess) return;
        Value* value = find(*place.object, place.key);
        std::string left = shortened(place, *value->text());
        notes.warn(warnings::field_too_long, place.path,
                   left.empty() ? "left out: the event is too large to send" : "cut: the event is too large to send");
        gone += place.size - left.size();
        *value = Value(std::move(left));
    }
}

void remove_empty_parts(Object& object) {
    for (Value::Member& member : object)
        if (Object* inner = member.value.object()) remove_empty_parts(*inner);
    std::erase_if(object, [](const Value::Member& member) {
        const bool is_empty_text = member.value.text() != nullptr && member.value.text()->empty();
        return is_empty_text || (member.value.object() != nullptr && member.value.object()->empty());
    });
}

void shorten_lists(Object& event, std::size_t, Notes& notes) {
    for (Value::Member& part : event) {
        if (part.value.object() == nullptr) continue;
        for (Value::Member& member : *part.value.object()) {
            auto* list = member.value.array();
            if (list == nullptr || list->size() <= long_list) continue;
            list->resize(long_list);
            notes.warn(warnings::field_too_long, part.key + "." + member.key,
                       "entries are left out: the event is too large to send");
        }
    }
}

using Step = void (*)(Object& event, std::size_t excess, Notes& notes);
constexpr std::array<Step, 4> steps = {remove_long_texts_of_items, shorten_items, shorten_texts, shorten_lists};

}  // namespace

std::optional<std::string> fitted_json(Object event, std::size_t most, Notes& notes) {
    Value value(std::move(event));
    std::string body = model::to_json(value);
    for (const Step step : steps) {
        if (body.size() <= most) return body;
        step(*value.object(), body.size() - most, notes);
        remove_empty_parts(*value.object());
        body = model::to_json(value);
    }
    if (body.size() > most) return std::nullopt;
    return body;
}

}  // namespace pinrelay::destinations::pinterest
