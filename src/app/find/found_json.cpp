#include <chrono>

#include "pinrelay/app/find.hpp"
#include "pinrelay/core/json_writer.hpp"

namespace pinrelay::app {
namespace {

using spool::FoundEvent;
using spool::FoundOutcome;
using spool::Happened;

void write_time(JsonWriter& json, std::string_view name, Time time) {
    json.key(name);
    json.raw(std::to_string(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count()));
}

void write_if_filled(JsonWriter& json, std::string_view name, std::string_view text) {
    if (!text.empty()) json.member(name, text);
}

void write_flag(JsonWriter& json, std::string_view name, bool flag) {
    json.key(name);
    json.raw(flag ? "true" : "false");
}

void write_list(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    json.key(name);
    json.begin_array();
    for (const std::string& text : texts) json.text(text);
    json.end_array();
}

void write_outcomes(JsonWriter& json, const std::vector<FoundOutcome>& outcomes) {
    json.key("outcomes");
    json.begin_array();
    for (const FoundOutcome& outcome : outcomes) {
        json.begin_object();
        write_time(json, "time", outcome.time);
        json.member("status", outcome.what == Happened::Delivered ? "delivered" : "dead_letter");
        write_if_filled(json, outcome.what == Happened::Delivered ? "warnings" : "reason", outcome.reason);
        json.end_object();
    }
    json.end_array();
}

void write_event(JsonWriter& json, const FoundEvent& event) {
    const OutcomeWords words = words_of(event);
    json.begin_object();
    write_time(json, "time", event.time);
    write_if_filled(json, "event", event.source_name);
    write_if_filled(json, "name", event.event_label);
    write_if_filled(json, "account", event.account);
    json.member("status", words.status);
    write_if_filled(json, "reason", event.reason);
    write_list(json, "warnings", warnings_of(event));
    json.member("message", words.sentence);
    write_if_filled(json, "advice", words.advice);
    if (!event.outcomes.empty()) write_outcomes(json, event.outcomes);
    json.end_object();
}

}  // namespace

std::string found_json(const spool::JournalQuestion& question, const spool::FoundEvents& found, bool has_journal) {
    JsonWriter json;
    json.begin_object();
    json.key("events");
    json.begin_array();
    for (const FoundEvent& event : found.events) write_event(json, event);
    json.end_array();
    write_flag(json, "more", found.more);
    write_flag(json, "journal", has_journal);
    if (found.since) write_time(json, "since", *found.since);
    json.key("entries");
    json.raw(std::to_string(found.entries));
    if (found.events.empty()) write_list(json, "not_found", why_not_found(question, has_journal));
    json.end_object();
    return json.take();
}

}  // namespace pinrelay::app
