#include "letter_json.hpp"

#include <array>

#include "pinrelay/model/value.hpp"
#include "text.hpp"

namespace pinrelay::cli {
namespace {

using model::Value;

Value whole(std::int64_t number, model::Arena& arena) {
    return Value(Value::Number{arena.copy(std::to_string(number))});
}

Value body_of(const model::Record& record, model::Arena& arena) {
    const auto parsed = model::parse_json(record.body, arena);
    const auto* value = std::get_if<Value>(&parsed);
    return value == nullptr ? Value(record.body) : *value;
}

std::string text_of(const spool::DeadLetter& letter, JsonWriter::Layout layout) {
    const model::Record& record = letter.stored.record;
    model::Arena arena;
    const auto time = [&](Time when) { return Value(arena.copy(time_text(when))); };
    const std::array members = {
        Value::Member{"number", whole(letter.number, arena)},
        Value::Member{"account", Value(record.destination)},
        Value::Member{"reason", Value(letter.reason)},
        Value::Member{"message", Value(letter.message)},
        Value::Member{"died", time(letter.died)},
        Value::Member{"source_name", record.source_name.empty() ? Value() : Value(record.source_name)},
        Value::Member{"event_name", Value(record.event_name)},
        Value::Member{"event_id", Value(record.event_id)},
        Value::Member{"event_time", time(record.event_time)},
        Value::Member{"deduplicated", Value(record.deduplicated)},
        Value::Member{"accepted", time(letter.stored.accepted)},
        Value::Member{"attempts", whole(letter.stored.attempts, arena)},
        Value::Member{"body", body_of(record, arena)},
    };
    return model::to_json(Value(Value::Object(members)), layout);
}

}  // namespace

std::string letter_json(const spool::DeadLetter& letter) { return text_of(letter, JsonWriter::Layout::Compact); }

std::string letter_json_indented(const spool::DeadLetter& letter) {
    return text_of(letter, JsonWriter::Layout::Indented);
}

bool is_sound(const model::Record& record) {
    model::Arena arena;
    const auto parsed = model::parse_json(record.body, arena);
    const auto* body = std::get_if<Value>(&parsed);
    const Value* id = body == nullptr ? nullptr : body->find("event_id");
    return id != nullptr && id->text() == record.event_id;
}

}  // namespace pinrelay::cli
