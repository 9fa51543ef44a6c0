#include "outcome.hpp"

#include <algorithm>

namespace pinrelay::ingest {
namespace {

constexpr NotSent duplicate{
    "duplicate", "event_id",
    "an event of this name with the same id, about the same order or visitor, was taken before"};

struct WhyNotSent {
    const Outcome& outcome;

    NotSent operator()(const model::Record&) const { return outcome.duplicate ? duplicate : NotSent{}; }
    NotSent operator()(const destination::Drop& drop) const { return {drop.reason, drop.field, drop.message}; }
    NotSent operator()(const decode::Rejection& rejection) const {
        return {decode::to_string(rejection.code), rejection.field, rejection.message};
    }
    NotSent operator()(const decode::Ignored& ignored) const { return {ignored.reason, {}, {}}; }
};

struct Status {
    bool is_duplicate;

    std::string_view operator()(const model::Record&) const { return is_duplicate ? "duplicate" : "sent"; }
    std::string_view operator()(const destination::Drop&) const { return "dropped"; }
    std::string_view operator()(const decode::Rejection&) const { return "rejected"; }
    std::string_view operator()(const decode::Ignored&) const { return "ignored"; }
};

}  // namespace

NotSent why_not_sent(const Outcome& outcome) { return std::visit(WhyNotSent{outcome}, outcome.result); }

std::string_view status_of(const Outcome& outcome) { return std::visit(Status{outcome.duplicate}, outcome.result); }

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

}  // namespace pinrelay::ingest
