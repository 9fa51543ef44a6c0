#include "script.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pinrelay::mock {
namespace {

struct FaultRow {
    Fault fault;
    std::string_view name;
    bool accepted;
};
constexpr std::array fault_rows = {
    FaultRow{Fault::None, "none", true},
    FaultRow{Fault::Status, "status", false},
    FaultRow{Fault::FailEvents, "fail_events", true},
    FaultRow{Fault::Hang, "hang", false},
    FaultRow{Fault::ResetBefore, "reset_before", false},
    FaultRow{Fault::ResetAfter, "reset_after", true},
    FaultRow{Fault::HalfClose, "half_close", false},
    FaultRow{Fault::MalformedBody, "malformed_body", true},
    FaultRow{Fault::TruncatedBody, "truncated_body", true},
    FaultRow{Fault::CountMismatch, "count_mismatch", true},
    FaultRow{Fault::CloseAfterAnswer, "close_after_answer", true},
    FaultRow{Fault::Raw, "raw", false},
    FaultRow{Fault::CloseHandshake, "close_handshake", false},
};

const FaultRow& row_of(Fault fault) noexcept {
    const auto found = std::ranges::find_if(fault_rows, [&](const FaultRow& row) { return row.fault == fault; });
    return found == fault_rows.end() ? fault_rows.front() : *found;
}

bool fits(const Rule& rule, const ScriptPlayer::Request& request) {
    return rule.fault != Fault::CloseHandshake && (!rule.account || *rule.account == request.account) &&
           rule.requests.contains(request.number) && rule.connections.contains(request.connection);
}

}  // namespace

bool accepts(const Rule& rule) noexcept { return rule.accept.value_or(row_of(rule.fault).accepted); }

std::string_view name_of(Fault fault) noexcept { return row_of(fault).name; }

std::optional<Fault> fault_named(std::string_view name) noexcept {
    const auto found = std::ranges::find_if(fault_rows, [&](const FaultRow& row) { return row.name == name; });
    if (found == fault_rows.end()) return std::nullopt;
    return found->fault;
}

void ScriptPlayer::replace(Script script) {
    const std::lock_guard lock(mutex_);
    rules_.clear();
    for (Rule& rule : script) rules_.push_back({std::move(rule), 0});
}

ScriptPlayer::Choice ScriptPlayer::choose(const Request& request) {
    const std::lock_guard lock(mutex_);
    for (Played& played : rules_) {
        if (played.used_up() || !fits(played.rule, request)) continue;
        if (played.rule.body_contains) {
            if (!request.body) return {std::nullopt, true};
            if (request.body->find(*played.rule.body_contains) == std::string_view::npos) continue;
        }
        ++played.uses;
        return {played.rule, false};
    }
    return {};
}

bool ScriptPlayer::closes_handshake(std::uint64_t connection) {
    const std::lock_guard lock(mutex_);
    for (Played& played : rules_) {
        if (played.rule.fault != Fault::CloseHandshake || played.used_up()) continue;
        if (!played.rule.connections.contains(connection)) continue;
        ++played.uses;
        return true;
    }
    return false;
}

}  // namespace pinrelay::mock
