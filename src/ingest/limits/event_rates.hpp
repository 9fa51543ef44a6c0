#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "client_rates.hpp"
#include "pinrelay/core/per_second.hpp"
#include "rate.hpp"

namespace pinrelay::ingest {

// The rates of the events of one account, for its max_events_per_second. A limit that all senders share would be a
// weapon: a stranger who uses it up makes the account refuse its own. So there are three, each as large:
//  - of trusted senders (model::Trust::Network and above);
//  - of strangers; one client may use a quarter, the networks around it a half;
//  - of visitors, where strangers have used up theirs: clients that send no more than a visitor does.
// Any thread, without a lock.
class EventRates {
public:
    // Without a limit it refuses nothing.
    EventRates(const std::optional<PerSecond>& limit, SteadyTime origin);

    bool unlimited() const noexcept { return strangers_.unlimited(); }

    enum class Limit { OfAccount, OfClient };
    struct Refusal {
        Limit limit;
        std::chrono::milliseconds wait;
    };

    // Takes events of a trusted sender, or takes nothing and says why.
    std::optional<Refusal> take_trusted(std::size_t events, SteadyTime now) noexcept;

    // The same for anybody else.
    std::optional<Refusal> take(std::size_t events, const http::ClientNetworks& client, SteadyTime now) noexcept;

private:
    SharedRate trusted_;
    SharedRate strangers_;
    SharedRate visitors_;
    ClientRates of_client_;
    ClientRates of_visitor_;
};

}  // namespace pinrelay::ingest
