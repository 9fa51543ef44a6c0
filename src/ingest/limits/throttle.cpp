#include "throttle.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "pinrelay/core/random.hpp"

namespace pinrelay::ingest {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Reading so many bytes of an unpacked body takes about as long as the rest of a request. A megabyte of JSON that is
// all commas costs a tenth of a second: counted as one request each, ten of them a second would fill a core.
constexpr std::size_t bytes_of_one_request = 4096;

http::Response slow_down(milliseconds wait, std::string_view code, std::string_view message) {
    auto response = http::error_response(429, code, "", message);
    const auto seconds = std::max<std::int64_t>(std::chrono::ceil<std::chrono::seconds>(wait).count(), 1);
    response.headers.emplace_back("Retry-After", std::to_string(seconds));
    return response;
}

std::size_t events_for(const Account& account, const std::vector<Outcome>& outcomes) {
    const auto is_for_it = [&account](const Outcome& outcome) {
        return outcome.destination == account.route.destination &&
               std::holds_alternative<model::Record>(outcome.result);
    };
    return static_cast<std::size_t>(std::ranges::count_if(outcomes, is_for_it));
}

}  // namespace

Throttle::Throttle(const std::optional<PerSecond>& requests_per_client) {
    if (!requests_per_client) return;
    clients_ = std::make_unique<ClientRates>(rate_of(requests_per_client), steady_clock::now(), random_seed());
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
    // Clients whose address cannot be read share one bucket.
    const auto wait = clients_->take(client ? http::client_key(*client) : 0, count, steady_clock::now());
    if (wait == milliseconds(0)) return std::nullopt;
    return slow_down(wait, rejected_client_rate, "too many requests of one client, or too long ones");
}

std::optional<TooManyEvents> refuse_events(Accounts& accounts, const std::vector<Outcome>& outcomes) {
    const auto now = steady_clock::now();
    for (Account& account : accounts) {
        if (account.rate.unlimited()) continue;
        const auto wait = account.rate.take(events_for(account, outcomes), now);
        if (wait > milliseconds(0))
            return TooManyEvents{
                account.route.destination->name(),
                slow_down(wait, rejected_account_rate, "this account gets more events than it is configured for")};
    }
    return std::nullopt;
}

}  // namespace pinrelay::ingest
