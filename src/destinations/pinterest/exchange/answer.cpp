#include "answer.hpp"

#include <charconv>
#include <variant>

#include "pinrelay/destination/redact.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using destination::Fate;
using destination::RecordVerdict;
using destination::redact;
using model::Value;

// The text of a member; "" where it is absent, null or no scalar.
std::string text_of(const Value& object, std::string_view key, const Secret& token) {
    const Value* value = object.find(key);
    const auto text = value == nullptr ? std::nullopt : value->scalar_text();
    return text ? redact(*text, token) : std::string();
}

std::optional<std::int64_t> count_of(const Value& object, std::string_view key) {
    const Value* value = object.find(key);
    const auto text = value == nullptr ? std::nullopt : value->scalar_text();
    std::int64_t number = 0;
    if (!text) return std::nullopt;
    const auto [end, wrong] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (wrong != std::errc() || end != text->data() + text->size()) return std::nullopt;
    return number;
}

void add_verdict(Answer& answer, const Value& entry, const Secret& token) {
    const std::string status = text_of(entry, "status", token);
    std::string error = text_of(entry, "error_message", token);
    RecordVerdict verdict{Fate::Delivered, "", text_of(entry, "warning_message", token)};
    if (status == "processed") {
        answer.processed_with_error = answer.processed_with_error || !error.empty();
    } else if (status == "failed" || !error.empty()) {
        answer.failed_without_reason = answer.failed_without_reason || error.empty();
        verdict.fate = Fate::Refused;
        verdict.message = error.empty() ? "failed without a reason" : std::move(error);
    } else {
        verdict.fate = Fate::Unclear;
    }
    answer.records.push_back(std::move(verdict));
}

bool is_event_list(const Value* value) {
    if (value == nullptr || value->items().empty()) return false;
    for (const Value& entry : value->items())
        if (entry.find("status") == nullptr && entry.find("error_message") == nullptr) return false;
    return true;
}

// `events` of the body; for a 422, whose details have no published shape, the list in or under `details`.
const Value* event_list(const Value& body) {
    const Value* details = body.find("details");
    const Value* under = details == nullptr ? nullptr : details->find("events");
    for (const Value* candidate : {body.find("events"), under, details})
        if (is_event_list(candidate)) return candidate;
    return nullptr;
}

std::string message_of(const Value& body, const Secret& token) {
    const std::string code = text_of(body, "code", token);
    std::string message = text_of(body, "message", token);
    if (code.empty()) return message;
    return "code " + code + (message.empty() ? "" : ": " + message);
}

}  // namespace

Answer read_answer(const std::string& body, const Secret& token) {
    Answer answer;
    model::Arena arena;
    const auto parsed = model::parse_json(body, arena);
    const auto* document = std::get_if<Value>(&parsed);
    answer.readable = document != nullptr && document->is_object();
    if (!answer.readable) return answer;

    answer.message = message_of(*document, token);
    answer.code = count_of(*document, "code");
    answer.received = count_of(*document, "num_events_received");
    answer.processed = count_of(*document, "num_events_processed");
    if (const Value* list = event_list(*document); list != nullptr)
        for (const Value& entry : list->items()) add_verdict(answer, entry, token);
    return answer;
}

}  // namespace pinrelay::destinations::pinterest
