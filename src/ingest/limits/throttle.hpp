#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client_rates.hpp"
#include "ingest/access/accounts.hpp"
#include "ingest/outcome/outcome.hpp"

namespace pinrelay::ingest {

// Limits the requests of each client. Any thread.
class Throttle {
public:
    // Without a limit it refuses nothing.
    explicit Throttle(const std::optional<PerSecond>& requests_per_client);

    // Counts one request of the client. 429 where that is too many.
    std::optional<http::Response> refuse_client(const std::optional<boost::asio::ip::address>& client) const;

    // Counts query and body, unpacked, as the number of requests that cost as much work: see request_cost.hpp. 429
    // where that is too many.
    std::optional<http::Response> refuse_bytes(const std::optional<boost::asio::ip::address>& client,
                                               std::size_t bytes) const;

    // Counts a TLS handshake. False where that is too many.
    bool takes_handshake(const boost::asio::ip::address& client) const noexcept;

    // Counts so many requests for work that is done. The client's next ones wait for it.
    void charge(const std::optional<boost::asio::ip::address>& client, std::size_t count) const noexcept;

private:
    std::chrono::milliseconds take(const std::optional<boost::asio::ip::address>& client,
                                   std::size_t count) const noexcept;
    std::optional<http::Response> refuse(const std::optional<boost::asio::ip::address>& client,
                                         std::size_t count) const;

    std::unique_ptr<ClientRates> clients_;
};

// Counts the events of a request for their accounts. 429 where one account would get too many: then none is taken.
// EventRates says whose events share a rate.
struct TooManyEvents {
    std::string destination;  // of that account
    std::string_view code;    // one of the two below
    http::Response answer;
};
std::optional<TooManyEvents> refuse_events(Accounts& accounts, const std::vector<Outcome>& outcomes,
                                           const std::optional<boost::asio::ip::address>& client);

// Codes of the refusals, which are metric labels.
inline constexpr std::string_view rejected_client_rate = "client_rate";
inline constexpr std::string_view rejected_account_rate = "account_rate";
inline constexpr std::string_view rejected_client_events = "client_events";

// Of the first of them, for the log.
inline constexpr std::string_view cause_client_rate = "a client sends more than collect.max_requests_per_client";

}  // namespace pinrelay::ingest
