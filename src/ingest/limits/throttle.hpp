#pragma once

#include <boost/asio/ip/address.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "client_rates.hpp"
#include "ingest/outcome/outcome.hpp"

namespace pinrelay::ingest {

// Asks senders to slow down: one client by its requests, and all together by the events of an account. Any thread.
class Throttle {
public:
    Throttle(const CollectSettings& settings, const std::vector<Route>& routes);

    // 429 where the client sends too many requests, of which this is one.
    std::optional<http::Response> refuse_client(const std::optional<boost::asio::ip::address>& client) const;

    // 429 where the bodies of the request's client, as they are read, cost more work than its requests may: each that
    // is long counts as several.
    std::optional<http::Response> refuse_body(const std::optional<boost::asio::ip::address>& client,
                                              std::size_t bytes) const;

    // 429 where one of the accounts would get too many events: then none of them is taken.
    std::optional<http::Response> refuse_events(const std::vector<Outcome>& outcomes) const;

private:
    std::optional<http::Response> take(const std::optional<boost::asio::ip::address>& client, std::size_t count) const;

    struct AccountRate {
        const destination::Destination* destination;
        std::unique_ptr<SharedRate> rate;
    };

    std::unique_ptr<ClientRates> clients_;
    std::vector<AccountRate> accounts_;  // of those that have a limit
};

// Codes of the refusals, which are metric labels.
inline constexpr std::string_view rejected_client_rate = "client_rate";
inline constexpr std::string_view rejected_account_rate = "account_rate";

}  // namespace pinrelay::ingest
