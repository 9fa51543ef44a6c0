#include "fate.hpp"

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

struct OutcomeWriter {
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

std::string entry(std::size_t index, const Fate& fate) {
    std::string json = "{\"index\":" + std::to_string(index);
    add_text(json, "event", fate.event_name);
    if (fate.destination != nullptr) add_text(json, "destination", fate.destination->name());
    std::visit(OutcomeWriter{json}, fate.outcome);
    json += ",\"warnings\":[";
    for (std::size_t i = 0; i < fate.warnings.size(); ++i) {
        const auto& warning = fate.warnings[i];
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

bool nothing_readable(const std::vector<Fate>& fates) {
    return !fates.empty() && std::all_of(fates.begin(), fates.end(), [](const Fate& fate) {
        return std::holds_alternative<decode::Rejection>(fate.outcome);
    });
}

bool all_from_servers(const std::vector<Fate>& fates) {
    const auto is_from = [&](model::Sender sender) {
        return std::any_of(fates.begin(), fates.end(), [&](const Fate& fate) { return fate.sender == sender; });
    };
    return is_from(model::Sender::Server) && !is_from(model::Sender::Browser);
}

std::optional<AccessRefusal> refusal_of_all(const std::vector<Fate>& fates) {
    const bool all = !fates.empty() &&
                     std::all_of(fates.begin(), fates.end(), [](const Fate& fate) { return fate.refusal.has_value(); });
    return all ? fates.front().refusal : std::nullopt;
}

std::string debug_report(const std::vector<Fate>& fates) {
    std::string events;
    std::string messages;
    for (std::size_t i = 0; i < fates.size(); ++i) {
        if (i > 0) events += ',';
        events += entry(i, fates[i]);
        if (const auto* rejection = std::get_if<decode::Rejection>(&fates[i].outcome)) {
            if (!messages.empty()) messages += ',';
            messages += validation_message(i, *rejection);
        }
    }
    return "{\"events\":[" + events + "],\"validationMessages\":[" + messages + "]}\n";
}

}  // namespace pinrelay::ingest
