#include "outcome.hpp"

#include <algorithm>

#include "pinrelay/core/json_writer.hpp"

namespace pinrelay::ingest {
namespace {

void add_text(JsonWriter& json, std::string_view key, std::string_view text) {
    if (!text.empty()) json.member(key, text);
}

void add_refusal(JsonWriter& json, std::string_view status, std::string_view reason, std::string_view field,
                 std::string_view message) {
    add_text(json, "status", status);
    add_text(json, "reason", reason);
    add_text(json, "field", field);
    add_text(json, "message", message);
}

struct ResultWriter {
    JsonWriter& json;

    void operator()(const model::Record& record) const {
        add_text(json, "status", "would_send");
        json.key("pinterest");
        json.raw(record.body);  // finished JSON
    }
    void operator()(const destination::Drop& drop) const {
        add_refusal(json, "dropped", drop.reason, drop.field, drop.message);
    }
    void operator()(const decode::Rejection& rejection) const {
        add_refusal(json, "rejected", decode::to_string(rejection.code), rejection.field, rejection.message);
    }
    void operator()(const decode::Ignored& ignored) const { add_refusal(json, "ignored", ignored.reason, "", ""); }
};

void write_entry(JsonWriter& json, std::size_t index, const Outcome& outcome) {
    json.begin_object();
    json.key("index");
    json.raw(std::to_string(index));
    add_text(json, "event", outcome.event_name);
    if (outcome.destination != nullptr) add_text(json, "destination", outcome.destination->name());
    std::visit(ResultWriter{json}, outcome.result);
    json.key("warnings");
    json.begin_array();
    for (const auto& warning : outcome.warnings) {
        json.begin_object();
        json.member("code", warning.code);
        add_text(json, "field", warning.field);
        add_text(json, "message", warning.message);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

// Google's debug endpoint names problems this way; an empty list means that all is well.
void write_validation_message(JsonWriter& json, std::size_t index, const decode::Rejection& rejection) {
    json.begin_object();
    json.member("fieldPath", "/" + std::to_string(index) + rejection.field);
    json.member("description", rejection.message);
    json.member("validationCode", "VALUE_INVALID");
    json.end_object();
}

}  // namespace

bool nothing_readable(const std::vector<Outcome>& outcomes) {
    return !outcomes.empty() && std::ranges::all_of(outcomes, [](const Outcome& outcome) {
        return std::holds_alternative<decode::Rejection>(outcome.result);
    });
}

bool all_from_servers(const std::vector<Outcome>& outcomes) {
    const auto is_from = [&](model::Sender sender) {
        return std::ranges::any_of(outcomes, [&](const Outcome& outcome) { return outcome.sender == sender; });
    };
    return is_from(model::Sender::Server) && !is_from(model::Sender::Browser);
}

std::optional<http::Refusal> refusal_of_all(const std::vector<Outcome>& outcomes) {
    const bool all = !outcomes.empty() &&
                     std::ranges::all_of(outcomes, [](const Outcome& outcome) { return outcome.refusal.has_value(); });
    return all ? outcomes.front().refusal : std::nullopt;
}

std::string debug_report(const std::vector<Outcome>& outcomes) {
    JsonWriter json;
    json.begin_object();
    json.key("events");
    json.begin_array();
    for (std::size_t i = 0; i < outcomes.size(); ++i) write_entry(json, i, outcomes[i]);
    json.end_array();
    json.key("validationMessages");
    json.begin_array();
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        if (const auto* rejection = std::get_if<decode::Rejection>(&outcomes[i].result))
            write_validation_message(json, i, *rejection);
    json.end_array();
    json.end_object();
    return json.take() + "\n";
}

}  // namespace pinrelay::ingest
