#include "letter_json.hpp"

#include "pinrelay/model/value.hpp"
#include "text.hpp"

namespace pinrelay::cli {
namespace {

using model::Value;

Value whole(std::int64_t number) { return Value(Value::Number{std::to_string(number)}); }

Value body_of(const model::Record& record) {
    auto parsed = model::parse_json(record.body);
    auto* value = std::get_if<Value>(&parsed);
    return value == nullptr ? Value(record.body) : std::move(*value);
}

Value value_of(const spool::DeadLetter& letter) {
    const model::Record& record = letter.stored.record;
    Value value(Value::Object{});
    value.set("number", whole(letter.number));
    value.set("account", Value(record.destination));
    value.set("reason", Value(letter.reason));
    value.set("message", Value(letter.message));
    value.set("died", Value(time_text(letter.died)));
    value.set("source_name", record.source_name.empty() ? Value() : Value(record.source_name));
    value.set("event_name", Value(record.event_name));
    value.set("event_id", Value(record.event_id));
    value.set("event_time", Value(time_text(record.event_time)));
    value.set("deduplicated", Value(record.deduplicated));
    value.set("accepted", Value(time_text(letter.stored.accepted)));
    value.set("attempts", whole(letter.stored.attempts));
    value.set("body", body_of(record));
    return value;
}

}  // namespace

std::string letter_json(const spool::DeadLetter& letter) { return model::to_json(value_of(letter)); }

std::string letter_json_indented(const spool::DeadLetter& letter) {
    return model::to_json(value_of(letter), JsonWriter::Layout::Indented);
}

bool is_sound(const model::Record& record) {
    const auto parsed = model::parse_json(record.body);
    const auto* body = std::get_if<Value>(&parsed);
    const Value* id = body == nullptr ? nullptr : body->find("event_id");
    return id != nullptr && id->text() != nullptr && *id->text() == record.event_id;
}

}  // namespace pinrelay::cli
