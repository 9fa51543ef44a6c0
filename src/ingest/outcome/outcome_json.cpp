#include "outcome_json.hpp"

#include "pinrelay/ingest/drop_advice.hpp"
#include "pinrelay/ingest/warning_advice.hpp"

namespace pinrelay::ingest {
namespace {

void add_text(JsonWriter& json, std::string_view key, std::string_view text) {
    if (!text.empty()) json.member(key, text);
}

enum class Details { Told, LeftOut };

// A batch of real events has a few; thousands of events made to be wrong would get an answer many times their size.
constexpr std::size_t most_details = std::size_t{128} * 1024;

// What an answer says of an outcome beside its status and its reason.
std::size_t size_of_details(const Outcome& outcome) {
    std::size_t size = why_not_sent(outcome).message.size();
    for (const auto& warning : outcome.warnings)
        size += warning.code.size() + warning.field.size() + warning.message.size();
    return size;
}

// Of an event that no account takes, the message lists what the accounts take.
void write_reason(JsonWriter& json, const Outcome& outcome, Details details) {
    const NotSent reason = why_not_sent(outcome);
    add_text(json, "reason", reason.code);
    add_text(json, "field", reason.field);
    if (details == Details::LeftOut) return;
    const bool lists_accounts =
        outcome.destination == nullptr && std::holds_alternative<destination::Drop>(outcome.result);
    if (!outcome.to_stranger || !lists_accounts) add_text(json, "message", reason.message);
}

void write_head(JsonWriter& json, std::size_t index, const Outcome& outcome) {
    json.key("index");
    json.raw(std::to_string(index));
    add_text(json, "event", outcome.event_name);
    if (outcome.destination != nullptr && !outcome.to_stranger)
        add_text(json, "destination", outcome.destination->name());
}

void write_evidence(JsonWriter& json, const Evidence& evidence) {
    add_text(json, "form", evidence.form);
    add_text(json, "destination_because", evidence.account_because);
    json.key("sender");
    json.begin_object();
    json.member("is", evidence.sender == model::Sender::Browser ? "browser" : "server");
    add_text(json, "because", evidence.because);
    json.member("trust", name_of(evidence.trust));
    add_text(json, "trust_because", evidence.trust_because);
    if (evidence.address) json.member("address", *evidence.address);
    add_text(json, "address_from", evidence.address_from);
    add_text(json, "user_agent_from", evidence.user_agent_from);
    add_text(json, "consent", evidence.consent);
    add_text(json, "consent_policy", evidence.consent_policy);
    json.end_object();
}

void write_origins(JsonWriter& json, const std::vector<destination::Origin>& origins) {
    json.key("origins");
    json.begin_array();
    for (const auto& origin : origins) {
        json.begin_object();
        json.member("field", origin.field);
        add_text(json, "from", origin.source);
        json.member("rule", origin.rule);
        json.end_object();
    }
    json.end_array();
}

void write_unread(JsonWriter& json, const std::vector<model::Origins::Unread>& keys) {
    json.key("unused");
    json.begin_array();
    for (const auto& key : keys) {
        json.begin_object();
        json.member("key", key.key);
        add_text(json, "did_you_mean", key.meant);
        json.end_object();
    }
    json.end_array();
}

enum class Advice { Given, LeftOut };

void write_warnings(JsonWriter& json, const std::vector<destination::Warning>& warnings, Advice advice) {
    json.key("warnings");
    json.begin_array();
    for (const auto& warning : warnings) {
        json.begin_object();
        json.member("code", warning.code);
        add_text(json, "field", warning.field);
        add_text(json, "message", warning.message);
        if (advice == Advice::Given) add_text(json, "advice", warning_advice(warning.code));
        json.end_object();
    }
    json.end_array();
}

// This is the debug answer.
void write_advice(JsonWriter& json, std::string_view reason) {
    const std::string_view advice = advice_for(reason).text;
    if (advice != see_debug) add_text(json, "advice", advice);
}

void write_explained(JsonWriter& json, std::size_t index, const Outcome& outcome) {
    json.begin_object();
    write_head(json, index, outcome);
    const auto* record = std::get_if<model::Record>(&outcome.result);
    const bool would_send = record != nullptr && !outcome.duplicate;
    json.member("status", would_send ? "would_send" : status_of(outcome));
    write_reason(json, outcome, Details::Told);
    if (!would_send) write_advice(json, why_not_sent(outcome).code);
    if (outcome.evidence) write_evidence(json, *outcome.evidence);
    if (record != nullptr) {
        json.key("pinterest");
        json.raw(record->body);  // finished JSON
    }
    if (record != nullptr && outcome.evidence) write_origins(json, outcome.evidence->origins);
    if (outcome.evidence) write_unread(json, outcome.evidence->unread);
    write_warnings(json, outcome.warnings, Advice::Given);
    json.end_object();
}

void write_done(JsonWriter& json, std::size_t index, const Outcome& outcome, Details details) {
    json.begin_object();
    write_head(json, index, outcome);
    add_text(json, "event_id", outcome.event_id);
    json.member("status", status_of(outcome));
    write_reason(json, outcome, details);
    if (details == Details::Told) write_warnings(json, outcome.warnings, Advice::LeftOut);
    json.end_object();
}

// Google's debug endpoint names problems this way; an empty list means that all is well.
void write_validation_message(JsonWriter& json, const decode::Rejection& rejection) {
    json.begin_object();
    json.member("fieldPath", rejection.field);
    json.member("description", rejection.message);
    json.member("validationCode", "VALUE_INVALID");
    json.end_object();
}

}  // namespace

std::string debug_report(const std::vector<Outcome>& outcomes) {
    JsonWriter json;
    json.begin_object();
    json.key("events");
    json.begin_array();
    for (std::size_t i = 0; i < outcomes.size(); ++i) write_explained(json, i, outcomes[i]);
    json.end_array();
    json.key("validationMessages");
    json.begin_array();
    for (const Outcome& outcome : outcomes)
        if (const auto* rejection = std::get_if<decode::Rejection>(&outcome.result))
            write_validation_message(json, *rejection);
    json.end_array();
    json.end_object();
    return json.take() + "\n";
}

void write_outcomes(JsonWriter& json, const std::vector<Outcome>& outcomes) {
    std::size_t told = 0;
    json.begin_array();
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        told += size_of_details(outcomes[i]);
        write_done(json, i, outcomes[i], told <= most_details ? Details::Told : Details::LeftOut);
    }
    json.end_array();
}

}  // namespace pinrelay::ingest
