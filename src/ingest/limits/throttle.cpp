#include "throttle.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "pinrelay/core/random.hpp"

namespace pinrelay::ingest {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// What may come at once after a rest: ten seconds' worth.
constexpr double burst_seconds = 10;

// As much of a body, unpacked, takes about as long to read as a request takes otherwise. A megabyte of JSON that is all
// commas costs a tenth of a second: without this, ten such a second would be a client's good right, and fill a core.
constexpr std::size_t bytes_of_one_request = 4096;

Rate rate_of(PerSecond limit) {
    const auto rate = static_cast<double>(limit.count);
    return {rate, rate * burst_seconds};
}

http::Response slow_down(milliseconds wait, std::string_view code, std::string_view message) {
    auto response = http::error_response(429, code, "", message);
    const auto seconds = std::max<std::int64_t>(std::chrono::ceil<std::chrono::seconds>(wait).count(), 1);
    response.headers.emplace_back("Retry-After", std::to_string(seconds));
    return response;
}

std::size_t events_for(const destination::Destination* destination, const std::vector<Outcome>& outcomes) {
    return static_cast<std::size_t>(
        std::count_if(outcomes.begin(), outcomes.end(), [destination](const Outcome& outcome) {
            return outcome.destination == destination && std::holds_alternative<model::Record>(outcome.result);
        }));
}

}  // namespace

Throttle::Throttle(const CollectSettings& settings, const std::vector<Route>& routes) {
    const auto origin = steady_clock::now();
    if (settings.requests_per_client)
        clients_ = std::make_unique<ClientRates>(rate_of(*settings.requests_per_client), origin, random_seed());
    for (const Route& route : routes) {
        if (!route.events) continue;
        auto rate = std::make_unique<SharedRate>(rate_of(*route.events), origin);
        accounts_.push_back({route.destination, std::move(rate)});
    }
}

std::optional<http::Response> Throttle::refuse_client(const std::optional<boost::asio::ip::address>& client) const {
    return take(client, 1);
}

std::optional<http::Response> Throttle::refuse_body(const std::optional<boost::asio::ip::address>& client,
                                                    std::size_t bytes) const {
    return take(client, bytes / bytes_of_one_request);
}

std::optional<http::Response> Throttle::take(const std::optional<boost::asio::ip::address>& client,
                                             std::size_t count) const {
    if (!clients_ || count == 0) return std::nullopt;
    // Whoever hides behind garbage in a proxy's header shares one bucket with the like.
    const auto wait = clients_->take(client ? http::client_key(*client) : 0, count, steady_clock::now());
    if (wait == milliseconds(0)) return std::nullopt;
    return slow_down(wait, rejected_client_rate, "too many requests of one client, or too long ones");
}

std::optional<http::Response> Throttle::refuse_events(const std::vector<Outcome>& outcomes) const {
    if (accounts_.empty()) return std::nullopt;
    const auto now = steady_clock::now();
    for (const auto& [destination, rate] : accounts_) {
        const auto wait = rate->take(events_for(destination, outcomes), now);
        if (wait > milliseconds(0))
            return slow_down(wait, rejected_account_rate, "this account gets more events than it is configured for");
    }
    return std::nullopt;
}

}  // namespace pinrelay::ingest
