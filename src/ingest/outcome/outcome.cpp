#include "outcome.hpp"

#include <algorithm>

namespace pinrelay::ingest {
namespace {

std::string as_json(std::string_view text) { return model::to_json(model::Value(text)); }

void add_text(std::string& json, std::string_view key, std::string_view text) {
    if (text.empty()) return;
    json += ",\"";
    json += key;
    json += "\":";
    json += as_json(text);
}

void add_refusal(std::string& json, std::string_view status, std::string_view reason, std::string_view field,
                 std::string_view message) {
    add_text(json, "status", status);
    add_text(json, "reason", reason);
    add_text(json, "field", field);
    add_text(json, "message", message);
}

struct ResultWriter {
    std::string& json;

    void operator()(const model::Record& record) const {
        add_text(json, "status", "would_send");
        json += ",\"pinterest\":";
        json += record.body;  // finished JSON
    }
    void operator()(const destination::Drop& drop) const {
        add_refusal(json, "dropped", drop.reason, drop.field, drop.message);
    }
    void operator()(const decode::Rejection& rejection) const {
        add_refusal(json, "rejected", decode::to_string(rejection.code), rejection.field, rejection.message);
    }
    void operator()(const decode::Ignored& ignored) const { add_refusal(json, "ignored", ignored.reason, "", ""); }
};

std::string entry(std::size_t index, const Outcome& outcome) {
    std::string json = "{\"index\":" + std::to_string(index);
    add_text(json, "event", outcome.event_name);
    if (outcome.destination != nullptr) add_text(json, "destination", outcome.destination->name());
    std::visit(ResultWriter{json}, outcome.result);
    json += ",\"warnings\":[";
    for (std::size_t i = 0; i < outcome.warnings.size(); ++i) {
        const auto& warning = outcome.warnings[i];
        json += i == 0 ? "{" : ",{";
        json += "\"code\":" + as_json(warning.code);
        add_text(json, "field", warning.field);
        add_text(json, "message", warning.message);
        json += '}';
    }
    return json + "]}";
}

// Google's debug endpoint names problems this way; an empty list means that all is well.
std::string validation_message(std::size_t index, const decode::Rejection& rejection) {
    const std::string path = "/" + std::to_string(index) + rejection.field;
    return "{\"fieldPath\":" + as_json(path) + ",\"description\":" + as_json(rejection.message) +
           ",\"validationCode\":\"VALUE_INVALID\"}";
}

}  // namespace

bool nothing_readable(const std::vector<Outcome>& outcomes) {
    return !outcomes.empty() && std::all_of(outcomes.begin(), outcomes.end(), [](const Outcome& outcome) {
        return std::holds_alternative<decode::Rejection>(outcome.result);
    });
}

bool all_from_servers(const std::vector<Outcome>& outcomes) {
    const auto is_from = [&](model::Sender sender) {
        return std::any_of(outcomes.begin(), outcomes.end(),
                           [&](const Outcome& outcome) { return outcome.sender == sender; });
    };
    return is_from(model::Sender::Server) && !is_from(model::Sender::Browser);
}

std::optional<http::Refusal> refusal_of_all(const std::vector<Outcome>& outcomes) {
    const bool all = !outcomes.empty() && std::all_of(outcomes.begin(), outcomes.end(), [](const Outcome& outcome) {
        return outcome.refusal.has_value();
    });
    return all ? outcomes.front().refusal : std::nullopt;
}

std::string debug_report(const std::vector<Outcome>& outcomes) {
    std::string events;
    std::string messages;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (i > 0) events += ',';
        events += entry(i, outcomes[i]);
        if (const auto* rejection = std::get_if<decode::Rejection>(&outcomes[i].result)) {
            if (!messages.empty()) messages += ',';
            messages += validation_message(i, *rejection);
        }
    }
    return "{\"events\":[" + events + "],\"validationMessages\":[" + messages + "]}\n";
}

}  // namespace pinrelay::ingest
