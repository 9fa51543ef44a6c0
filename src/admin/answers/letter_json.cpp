#include "letter_json.hpp"

#include "json_parts.hpp"
#include "pinrelay/model/value.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::admin {

std::vector<std::string> identifiers_of(const std::string& body) {
    model::Arena arena;
    const auto parsed = model::parse_json(body, arena);
    const auto* event = std::get_if<model::Value>(&parsed);
    const auto* person = event == nullptr ? nullptr : event->find("user_data");
    std::vector<std::string> keys;
    if (person == nullptr) return keys;
    for (const auto& member : person->members()) keys.emplace_back(member.key);
    return keys;
}

void write_letter(JsonWriter& json, const spool::DeadLetter& letter) {
    const model::Record& record = letter.stored.record;
    json.begin_object();
    write_number(json, "number", static_cast<std::uint64_t>(letter.number));
    json.member("account", record.destination);
    json.member("reason", letter.reason);
    json.member("meaning", spool::meaning_of(letter.reason));
    json.member("message", letter.message);
    write_time(json, "died", letter.died);
    json.member("event", record.source_name);
    json.member("name", record.event_name);
    json.member("event_id", record.event_id);
    write_time(json, "time", record.event_time);
    write_time(json, "accepted", letter.stored.accepted);
    write_number(json, "attempts", static_cast<std::uint64_t>(letter.stored.attempts));
    write_number(json, "bytes", letter.bytes);
    json.key("identifiers");
    json.begin_array();
    for (const auto& key : identifiers_of(record.body)) json.text(key);
    json.end_array();
    json.end_object();
}

}  // namespace pinrelay::admin
