#include "dead_letter_pace.hpp"

#include <utility>

namespace pinrelay::alarms {
namespace {

// Growing: so many within the hour, or fewer where they are a large part of the events.
constexpr std::uint64_t many = 100;
constexpr std::uint64_t some = 10;
constexpr std::uint64_t large_part = 100;  // one of so many

constexpr const char* dead_letter_advice =
    "Read them with pinrelay spool dead-letters: each has Pinterest's reason. Remove the cause, then give them to "
    "delivery again with pinrelay spool replay.";

std::uint64_t grown(std::uint64_t before, std::uint64_t now) noexcept { return now > before ? now - before : 0; }

struct Sum {
    std::uint64_t settled = 0;
    std::uint64_t dead = 0;
    std::map<std::string, std::uint64_t> by_reason{};

    bool is_growing() const noexcept { return dead >= many || (dead >= some && dead * large_part > settled); }
};

std::string listed(const std::map<std::string, std::uint64_t>& counts) {
    std::string text;
    for (const auto& [reason, count] : counts)
        text.append(text.empty() ? "" : ", ").append(reason).append(" ").append(std::to_string(count));
    return text;
}

std::string counted(std::uint64_t count) {
    return std::to_string(count) + (count == 1 ? " event" : " events") + " became dead letters within the last hour";
}

Finding finding(Kind kind, const std::string& account, bool holds, bool knows_ends) {
    Finding found{kind, account, holds ? std::optional(true) : knows_ends ? std::optional(false) : std::nullopt};
    if (holds) found.advice = dead_letter_advice;
    return found;
}

}  // namespace

DeadLetterPace::Account& DeadLetterPace::update(const AccountObservation& seen, Time now) {
    const auto [found, is_new] = accounts_.try_emplace(seen.name);
    Account& account = found->second;
    if (is_new) {
        account.first_look = now;
    } else {
        Step step{now, grown(account.settled, seen.settled)};
        for (const auto& [reason, count] : seen.dead_letters)
            if (const auto more = grown(account.dead_letters[reason], count); more > 0) step.dead[reason] = more;
        if (step.settled > 0 || !step.dead.empty()) account.steps.push_back(std::move(step));
    }
    account.settled = seen.settled;
    account.dead_letters = seen.dead_letters;
    // A clock that was set back must not keep the steps for longer.
    while (!account.steps.empty() && (account.steps.front().at > now || now - account.steps.front().at >= window))
        account.steps.pop_front();
    return account;
}

std::vector<Finding> DeadLetterPace::look(const std::vector<AccountObservation>& accounts, Time now) {
    std::vector<Finding> findings;
    for (const auto& seen : accounts) {
        const Account& account = update(seen, now);
        Sum sum;
        for (const Step& step : account.steps) {
            sum.settled += step.settled;
            for (const auto& [reason, count] : step.dead) {
                sum.by_reason[reason] += count;
                sum.dead += count;
            }
        }
        const bool knows_ends = now - account.first_look >= window;
        Finding appeared = finding(Kind::DeadLetters, seen.name, sum.dead > 0, knows_ends);
        for (const auto& [reason, count] : sum.by_reason) appeared.subjects.insert(reason);
        appeared.text = sum.dead > 0 ? counted(sum.dead) + ": " + listed(sum.by_reason) + "."
                                     : "No event has become a dead letter for an hour.";
        Finding growing = finding(Kind::DeadLettersGrowing, seen.name, sum.is_growing(), knows_ends);
        growing.text = sum.is_growing() ? counted(sum.dead) + ", of " + std::to_string(sum.settled) + ": " +
                                              listed(sum.by_reason) + "."
                                        : "Few events became dead letters within the last hour.";
        findings.push_back(std::move(appeared));
        findings.push_back(std::move(growing));
    }
    return findings;
}

}  // namespace pinrelay::alarms
