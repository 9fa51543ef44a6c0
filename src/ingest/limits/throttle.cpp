#include "throttle.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "pinrelay/core/random.hpp"
#include "request_cost.hpp"

namespace pinrelay::ingest {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

http::Response slow_down(milliseconds wait, std::string_view code, std::string_view message) {
    auto response = http::error_response(429, code, "", message);
    const auto seconds = std::max<std::int64_t>(std::chrono::ceil<std::chrono::seconds>(wait).count(), 1);
    response.headers.emplace_back("Retry-After", std::to_string(seconds));
    return response;
}

struct EventCounts {
    std::size_t trusted = 0;
    std::size_t others = 0;
};

EventCounts events_for(const Account& account, const std::vector<Outcome>& outcomes) {
    EventCounts counts;
    for (const Outcome& outcome : outcomes) {
        if (outcome.destination != account.route.destination || !std::holds_alternative<model::Record>(outcome.result))
            continue;
        ++(outcome.trust >= model::Trust::Network ? counts.trusted : counts.others);
    }
    return counts;
}

TooManyEvents too_many_for(const Account& account, const EventRates::Refusal& refusal) {
    const bool of_client = refusal.limit == EventRates::Limit::OfClient;
    const std::string_view code = of_client ? rejected_client_events : rejected_account_rate;
    return {account.route.destination->name(), code,
            slow_down(refusal.wait, code,
                      of_client ? "too many events of one client for this account"
                                : "this account gets more events than it is configured for")};
}

}  // namespace

Throttle::Throttle(const std::optional<PerSecond>& requests_per_client) {
    if (!requests_per_client) return;
    clients_ = std::make_unique<ClientRates>(rate_of(requests_per_client), steady_clock::now(), random_seed());
}

std::optional<http::Response> Throttle::refuse_client(const std::optional<boost::asio::ip::address>& client) const {
    return refuse(client, 1);
}

std::optional<http::Response> Throttle::refuse_bytes(const std::optional<boost::asio::ip::address>& client,
                                                     std::size_t bytes) const {
    return refuse(client, paid_before(bytes) - 1);
}

bool Throttle::takes_handshake(const boost::asio::ip::address& client) const noexcept {
    return take(client, requests_of_a_handshake) == milliseconds(0);
}

void Throttle::charge(const std::optional<boost::asio::ip::address>& client, std::size_t count) const noexcept {
    if (clients_ && count > 0) clients_->charge(networks_of(client), count, steady_clock::now());
}

milliseconds Throttle::take(const std::optional<boost::asio::ip::address>& client, std::size_t count) const noexcept {
    if (!clients_ || count == 0) return milliseconds(0);
    return clients_->take(networks_of(client), count, steady_clock::now());
}

std::optional<http::Response> Throttle::refuse(const std::optional<boost::asio::ip::address>& client,
                                               std::size_t count) const {
    const auto wait = take(client, count);
    if (wait == milliseconds(0)) return std::nullopt;
    return slow_down(wait, rejected_client_rate, "too many requests of one client, or too long ones");
}

std::optional<TooManyEvents> refuse_events(Accounts& accounts, const std::vector<Outcome>& outcomes,
                                           const std::optional<boost::asio::ip::address>& client) {
    const auto now = steady_clock::now();
    for (Account& account : accounts) {
        if (account.rates.unlimited()) continue;
        const auto [trusted, others] = events_for(account, outcomes);
        if (const auto refusal = account.rates.take_trusted(trusted, now)) return too_many_for(account, *refusal);
        if (const auto refusal = account.rates.take(others, networks_of(client), now))
            return too_many_for(account, *refusal);
    }
    return std::nullopt;
}

}  // namespace pinrelay::ingest
