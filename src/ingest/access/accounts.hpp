#pragma once

#include <list>
#include <optional>
#include <utility>
#include <vector>

#include "access.hpp"
#include "ingest/limits/event_rates.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::ingest {

// One account: the events that it takes, the senders that may post to it, and the rates of its events.
struct Account {
    // `origin` is where the rate begins to count time. Throws as Access does.
    Account(Route settings, SteadyTime origin);

    Route route;  // without its access settings, so that no key stays in memory
    Access access;
    EventRates rates;
};

// Whether one request may post, and how far its sender is trusted, for each account.
class AccessVerdicts {
public:
    void add(const Account& account, Standing standing) { verdicts_.emplace_back(&account, standing); }

    // A sender whom nothing speaks of is anybody, and may post.
    Standing of(const Account& account) const;

    // The highest of any account.
    model::Trust best() const noexcept;

    // Why the request may post to no account; nothing where it may post to one.
    std::optional<http::Refusal> of_all() const;

private:
    std::vector<std::pair<const Account*, Standing>> verdicts_;  // empty: all accounts are open
};

// The accounts of one configuration, in its order. Any thread.
class Accounts {
public:
    // Throws std::invalid_argument, which names the entry, for a network that is neither address nor CIDR block.
    explicit Accounts(std::vector<Route> routes);

    // The first account whose route takes the event. Null pointer where none does.
    const Account* choose(const model::Event& event, const http::Request& request) const;

    // Why `choose` found none, for people.
    std::string why_none(const model::Event& event, const http::Request& request) const;

    // Why a request with this header may post to no account. Nothing where it may, or where only the body can tell.
    std::optional<http::Refusal> refuse_head(const http::Request& head,
                                             const std::optional<boost::asio::ip::address>& client) const;

    // Judges a whole request, whose body must still be as it came.
    AccessVerdicts judge(const http::Request& request, const std::optional<boost::asio::ip::address>& client) const;

    auto begin() noexcept { return accounts_.begin(); }
    auto end() noexcept { return accounts_.end(); }

private:
    std::list<Account> accounts_;  // an account neither moves nor is copied: events of many threads share its rate
    bool all_open_ = true;
    bool head_decides_ = true;
};

}  // namespace pinrelay::ingest
