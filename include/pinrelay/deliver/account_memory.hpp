#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::deliver {

// How the delivery of one account fares. All texts are without personal data.
struct AccountStatus {
    enum class State {
        Working,  // also before the first request
        Failing,  // the last request failed; tried again after a wait
        Paused,   // refused until somebody acts; tried again from time to time
    };
    State state = State::Working;
    std::string reason;             // of Failing and Paused: the destination's words, or what to look at
    std::optional<Time> since;      // of Failing and Paused: the first failure in a row
    std::optional<Time> next_try;   // of Failing and Paused: not before
    std::uint64_t failures = 0;     // requests that failed since then
    std::string last_answer;        // the status of the last answer, or how far the request came; "" before it
    std::optional<Time> answered;   // when that was
    std::size_t waiting_alone = 0;  // events that make the destination fail: each waits by itself
};

// What is known about one account beyond the life of a dispatcher: its status, and the records that are suspect. The
// dispatchers that follow each other after reloads share it. Use it on the thread of their context.
class AccountMemory {
public:
    AccountMemory();
    AccountMemory(const AccountMemory&) = delete;
    AccountMemory& operator=(const AccountMemory&) = delete;
    ~AccountMemory();

    AccountStatus status() const;

    struct Parts;  // of `deliver` alone
    Parts& parts() noexcept { return *parts_; }

private:
    std::unique_ptr<Parts> parts_;
};

}  // namespace pinrelay::deliver
