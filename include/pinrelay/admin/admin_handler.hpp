#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/net/handler.hpp"
#include "pinrelay/spool/journal.hpp"

namespace pinrelay::admin {

// How one account stands, for operators. No text holds personal data or a secret.
struct AccountState {
    std::string name;                 // "pinterest:549755885175"
    std::string delivery;             // "working", "failing" or "paused"
    std::string reason;               // of a failing or paused account
    std::string last_answer;          // its status, or how far the last request came; "" before it
    std::optional<Time> since;        // of a failing or paused account
    std::optional<Time> next_try;     // likewise: not before
    std::optional<Time> answered;     // when the last answer came
    std::uint64_t attempts = 0;       // failed since then
    std::uint64_t pending = 0;        // events
    std::uint64_t waiting_alone = 0;  // those of them that the destination fails at
};

// What the handler needs of the relay. It calls the functions on its own thread; they must not throw.
struct AdminParts {
    metrics::Metrics& metrics;  // lent; outlives the handler
    // Why the relay is not ready, as a sentence. Nothing when it is ready.
    std::function<std::optional<std::string>()> readiness;
    // Reloads the configuration. Returns why it stays as it is, or nothing when the new one is in force.
    std::function<std::optional<std::string>()> reload;
    // The accounts of the configuration in force, in its order.
    std::function<std::vector<AccountState>()> accounts;
    // Where the port listens: an address and a port.
    std::string listen = "127.0.0.1:9090";
    // Further names of the relay, as operators write them into `Host`; may be empty.
    std::function<std::vector<std::string>()> hosts{};
    // What the journal answers, as JSON. Throws std::runtime_error with a sentence where it cannot be read. Without it:
    // 404.
    std::function<std::string(const spool::JournalQuestion&)> find{};
};

// The handler of the admin port. Call it on one thread. It throws nothing.
//   GET /healthz   200: the process answers
//   GET /readyz    200: the relay can take and keep events, with a line for each paused account; else 503 with the
//                  reason
//   GET /accounts  200: how the delivery of each account fares, as JSON; times are Unix seconds
//   GET /find      200: what became of events: of one with ?event_id=, of an order with ?order=, or of the last ones
//   with
//                  ?last=, as JSON; 400 for any other question, 503 where the journal cannot be read
//   GET /metrics   200: the metrics, as text for Prometheus
//   POST /reload   200: the new configuration is in force; 409 with the reason: the old one is. 403 for a browser's
//                  page
// Any of them is 403, and counted, where `Host` cannot be the relay's, or where a browser says that a page of another
// site sent it.
std::unique_ptr<net::Handler> make_admin_handler(AdminParts parts);

}  // namespace pinrelay::admin
