#include "attention_answer.hpp"

#include "json_parts.hpp"

namespace pinrelay::admin {

http::Response attention_answer(const std::vector<AttentionItem>& items) {
    JsonWriter json;
    json.begin_object();
    json.key("items");
    json.begin_array();
    for (const auto& item : items) {
        json.begin_object();
        json.member("urgency", item.urgency == AttentionItem::Urgency::Act ? "act" : "look");
        json.member("kind", item.kind);
        json.member("title", item.title);
        if (!item.detail.empty()) json.member("detail", item.detail);
        if (!item.advice.empty()) json.member("advice", item.advice);
        write_time(json, "since", item.since);
        write_time(json, "last", item.last);
        write_number(json, "count", item.count);
        json.key("facts");
        json.begin_array();
        for (const auto& [name, value] : item.facts) {
            json.begin_object();
            json.member("name", name);
            json.member("value", value);
            json.end_object();
        }
        json.end_array();
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return json_answer(json);
}

}  // namespace pinrelay::admin
