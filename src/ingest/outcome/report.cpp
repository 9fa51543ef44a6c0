#include "report.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "ingest/limits/throttle.hpp"
#include "ingest/visitor/address_warning.hpp"
#include "pinrelay/core/content_hash.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "pinrelay/ingest/drop_advice.hpp"
#include "pinrelay/watch/event_name.hpp"
#include "warnings.hpp"

namespace pinrelay::ingest {
namespace {

// Metric label of an event without a destination.
constexpr std::string_view no_destination = "none";

std::string_view destination_of(const Outcome& outcome) {
    return outcome.destination == nullptr ? no_destination : std::string_view(outcome.destination->name());
}

std::uint64_t hash_of(std::initializer_list<std::string_view> texts) {
    ContentHash hash;
    for (const std::string_view text : texts) {
        hash.add(text);
        hash.add('\n');
    }
    return hash.digest().low;
}

std::string name_of(const Outcome& outcome) {
    const std::string& name = outcome.event_name;
    return watch::is_event_name(name) || name.empty() ? name : "(not a name of an event)";
}

struct WatchStatus {
    bool is_duplicate;

    watch::Status operator()(const model::Record&) const {
        return is_duplicate ? watch::Status::Duplicate : watch::Status::Accepted;
    }
    watch::Status operator()(const destination::Drop&) const { return watch::Status::Dropped; }
    watch::Status operator()(const decode::Rejection&) const { return watch::Status::Rejected; }
    watch::Status operator()(const decode::Ignored&) const { return watch::Status::Ignored; }
};

// The network of an address that anybody may have, so that no visitor's address comes into the log.
std::string network_of(const boost::asio::ip::address& address) {
    constexpr unsigned short v4_bits = 24;
    constexpr unsigned short v6_bits = 48;
    if (address.is_v4()) return boost::asio::ip::network_v4(address.to_v4(), v4_bits).canonical().to_string();
    return boost::asio::ip::network_v6(address.to_v6(), v6_bits).canonical().to_string();
}

std::string codes_of(const std::vector<destination::Warning>& warnings) {
    std::string codes;
    for (const auto& warning : warnings) codes.append(codes.empty() ? "" : " ").append(warning.code);
    return codes;
}

// Whether it has a warning about the address of the request's client. An event may name an address of its own.
bool has_doubtful_address(const Outcome& outcome) {
    return outcome.sender == model::Sender::Browser && std::ranges::any_of(outcome.warnings, [](const auto& warning) {
               return std::ranges::find(warnings::of_client_address, warning.code) != warnings::of_client_address.end();
           });
}

bool names_an_account(std::string_view code) noexcept {
    return code == rejected_account_rate || code == rejected_client_events;
}

std::string_view sender_of(const Outcome& outcome) {
    if (!outcome.sender) return "unknown";
    return *outcome.sender == model::Sender::Browser ? "browser" : "server";
}

}  // namespace

void OutcomeReport::note(std::span<const Outcome> outcomes, const Client& client, const http::Request& request) {
    if (std::ranges::any_of(outcomes, has_doubtful_address)) say_address(client);
    const bool shows_each = logger_.enabled(LogLevel::Debug);
    const TraceContext trace = shows_each ? trace_context(request) : TraceContext();
    const Time now = live_ == nullptr ? Time() : system_now();
    for (const Outcome& outcome : outcomes) {
        const NotSent reason = why_not_sent(outcome);
        note_one(outcome, reason, now);
        if (shows_each) say_each(outcome, reason, trace);
    }
}

void OutcomeReport::note_one(const Outcome& outcome, const NotSent& reason, Time now) {
    for (const auto& warning : outcome.warnings) {
        metrics_.warned(destination_of(outcome), warning.code);
        say_named_visitor(outcome, warning);
    }
    if (!reason.code.empty()) {
        // The ledger counts duplicates.
        if (!outcome.duplicate) metrics_.dropped(destination_of(outcome), reason.code);
        say_first(outcome, reason);
    } else if (!outcome.quality.is_empty()) {
        metrics_.quality(destination_of(outcome), outcome.event_label, outcome.quality);
    }
    if (live_ != nullptr) show(outcome, reason, now);
}

void OutcomeReport::show(const Outcome& outcome, const NotSent& reason, Time now) {
    using watch::Part;
    const std::string codes = codes_of(outcome.warnings);
    watch::Note note;
    note.status = std::visit(WatchStatus{outcome.duplicate}, outcome.result);
    note.time = now;
    if (outcome.destination != nullptr) note[Part::Account] = outcome.destination->name();
    note[Part::EventId] = outcome.event_id;
    note[Part::Name] = watch::if_event_name(outcome.sent_name);
    note[Part::Event] = watch::if_event_name(outcome.event_name);
    note[Part::Reason] = reason.code;
    note[Part::Identifiers] = outcome.identifiers;
    note[Part::Warnings] = codes;
    note[Part::Message] = reason.message;
    live_->note(note);
}

void OutcomeReport::say_first(const Outcome& outcome, const NotSent& reason) {
    const bool no_account = outcome.destination == nullptr && std::holds_alternative<destination::Drop>(outcome.result);
    const bool first = no_account ? hosts_.is_first(hash_of({reason.message}))
                                  : reasons_.is_first(hash_of({destination_of(outcome), reason.code}));
    if (!first) return;
    const DropAdvice advice = advice_for(reason.code);
    logger_.write(advice.level, "an event is dropped; more of its kind are counted and summed up each minute",
                  {{"destination", std::string(destination_of(outcome))},
                   {"reason", std::string(reason.code)},
                   {"event", name_of(outcome)},
                   {"cause", std::string(reason.message)},
                   {"sender", std::string(sender_of(outcome))},
                   {"advice", std::string(advice.text)}});
}

void OutcomeReport::say_named_visitor(const Outcome& outcome, const destination::Warning& warning) {
    const auto& codes = warnings::of_named_visitor;
    if (std::ranges::find(codes, warning.code) == codes.end()) return;
    if (!named_visitors_.is_first(hash_of({destination_of(outcome), warning.code}))) return;
    logger_.warn("a sender that nothing vouches for names another visitor than itself; more are counted",
                 {{"destination", std::string(destination_of(outcome))},
                  {"warning", std::string(warning.code)},
                  {"sender", std::string(sender_of(outcome))},
                  {"cause", warning.message}});
}

void OutcomeReport::say_address(const Client& client) {
    const AddressReport found = report_about(client);
    if (!client.peer || found.cause.empty()) return;
    const bool is_public = identity::public_address(client.peer->to_string()).has_value();
    const std::string peer = is_public ? network_of(*client.peer) : client.peer->to_string();
    const std::uint64_t key = hash_of({peer, found.cause});
    if (!(is_public ? public_networks_.is_first(key) : private_peers_.is_first(key))) return;
    logger_.warn(found.sentence, {{"peer", peer},
                                  {"header", std::string(client.header)},
                                  {"cause", std::string(found.cause)},
                                  {"advice", std::string(found.advice)}});
}

// OpenTelemetry's names for the ids, in logs of other formats than its own.
void OutcomeReport::say_each(const Outcome& outcome, const NotSent& reason, const TraceContext& trace) {
    logger_.debug("event", {{"event", name_of(outcome)},
                            {"id", outcome.event_id},
                            {"destination", std::string(destination_of(outcome))},
                            {"outcome", std::string(status_of(outcome))},
                            {"reason", std::string(reason.code)},
                            {"warnings", codes_of(outcome.warnings)},
                            {"trace_id", std::string(trace.trace_id)},
                            {"span_id", std::string(trace.span_id)}});
}

void OutcomeReport::show_refused(std::string_view code, std::string_view message) {
    watch::Note note;
    note.status = watch::Status::Rejected;
    note.time = system_now();
    note[watch::Part::Reason] = code;
    note[watch::Part::Message] = message;
    live_->note(note);
}

void OutcomeReport::refused(std::string_view code, std::string_view field, std::string_view message) {
    metrics_.rejected(code);
    if (live_ != nullptr) show_refused(code, message);
    // With the cause an account or a limit is named; it has none of the sender's words, but for a place in the body.
    if (!refusals_.is_first(hash_of({code, names_an_account(code) ? message : std::string_view()}))) return;
    logger_.warn("a request is refused; more of its kind are counted and summed up each minute",
                 {{"code", std::string(code)},
                  {"field", std::string(field)},
                  {"cause", std::string(message)},
                  {"advice", std::string(advice_for(code).text)}});
}

}  // namespace pinrelay::ingest
