#include "pinrelay/app/replay_judge.hpp"

#include <utility>
#include <variant>

namespace pinrelay::app {

std::optional<model::Record> ReplayJudge::judge(const spool::DeadLetter& letter) {
    const model::Record& stored = letter.stored.record;
    const destination::Destination* account = find(stored.destination);
    if (account == nullptr) {
        ++stays_["account_not_configured: " + stored.destination + " is not in the configuration"];
        return std::nullopt;
    }
    auto translation = account->translate_again(stored, system_now());
    if (const auto* drop = std::get_if<destination::Drop>(&translation.outcome)) {
        ++stays_[std::string(drop->reason) + ": " + (drop->field.empty() ? "" : drop->field + ": ") + drop->message];
        return std::nullopt;
    }
    auto& record = std::get<model::Record>(translation.outcome);
    const bool renamed = record.event_name != stored.event_name;
    ++goes_[record.event_name + (renamed ? ", which was " + stored.event_name : "")];
    for (const auto& warning : translation.warnings) ++changed_[warning.field + ": " + warning.message];
    return std::move(record);
}

std::uint64_t ReplayJudge::sum(const Counted& counts) noexcept {
    std::uint64_t all = 0;
    for (const auto& [what, count] : counts) all += count;
    return all;
}

const destination::Destination* ReplayJudge::find(const std::string& name) const noexcept {
    for (const auto& each : destinations_)
        if (each->name() == name) return each.get();
    return nullptr;
}

}  // namespace pinrelay::app
