#include "account_states.hpp"

#include <array>

namespace pinrelay::app {
namespace {

struct StateRow {
    deliver::AccountStatus::State state;
    const char* name;
};
constexpr std::array state_rows = {
    StateRow{deliver::AccountStatus::State::Working, "working"},
    StateRow{deliver::AccountStatus::State::Failing, "failing"},
    StateRow{deliver::AccountStatus::State::Paused, "paused"},
};

const char* name_of(deliver::AccountStatus::State state) {
    for (const auto& row : state_rows)
        if (row.state == state) return row.name;
    return state_rows.front().name;
}

}  // namespace

std::vector<admin::AccountState> account_states(const LiveConfiguration& live, const Outlets& outlets,
                                                const spool::Spool& spool) {
    std::vector<admin::AccountState> states;
    for (const auto& name : names(live)) {
        const auto status = outlets.status(name).value_or(deliver::AccountStatus{});
        admin::AccountState state;
        state.name = name;
        state.delivery = name_of(status.state);
        state.reason = status.reason;
        state.last_answer = status.last_answer;
        state.since = status.since;
        state.next_try = status.next_try;
        state.answered = status.answered;
        state.attempts = status.failures;
        state.pending = spool.waiting(name).pending;
        state.waiting_alone = status.waiting_alone;
        states.push_back(std::move(state));
    }
    return states;
}

}  // namespace pinrelay::app
