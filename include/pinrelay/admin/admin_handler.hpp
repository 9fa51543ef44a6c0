#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/admin/attention.hpp"
#include "pinrelay/admin/dead_letter_desk.hpp"
#include "pinrelay/admin/history.hpp"
#include "pinrelay/admin/status.hpp"
#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/secret.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/net/handler.hpp"
#include "pinrelay/spool/journal.hpp"
#include "pinrelay/watch/live_events.hpp"

namespace pinrelay::admin {

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
    // The token that all but health checks, metrics and the page's files need; may be empty, or give an empty one.
    std::function<Secret()> token{};

    // For the page; each may be missing: 404.
    std::function<HistoryView(HistorySpan)> history{};
    std::function<std::vector<AttentionItem>()> attention{};
    DeadLetterDesk* dead_letters = nullptr;  // lent; outlives the handler
    // The last events, for those who watch; lent, outlives the handler and its connections. Null pointer: 404.
    const watch::LiveEvents* live = nullptr;
    // Rates and counts. Without it: 404.
    std::function<StatusReport()> status{};
    // What the journal answers, as JSON. Throws std::runtime_error with a sentence where it cannot be read. Without it:
    // 404.
    std::function<std::string(const spool::JournalQuestion&)> find{};
    // Explains what would become of the events in a text. Without it: 404.
    std::function<boost::asio::awaitable<http::Response>(const std::string& text)> explain{};
};

// The handler of the admin port. Call it on one thread. It throws nothing. Times in JSON are Unix seconds.
//   GET /          200: the page, whose files are below /page/
//   GET /healthz   200: the process answers
//   GET /readyz    200: the relay can take and keep events, with a line for each paused account; else 503 with the
//                  reason
//   GET /accounts  200: how the delivery of each account fares, as JSON
//   GET /status    200: accounts with rates and counts, and what was dropped in the last hour, as JSON
//   GET /events    200: the last events and what became of them, as JSON
//   GET /events/stream  200: the same as they come, as server-sent events; 503 where too many watch
//   GET /find      200: what became of events: of one with ?event_id=, of an order with ?order=, or of the last ones
//                  with ?last=, as JSON; 400 for any other question, 503 where the journal cannot be read
//   POST /explain  200: what would become of the events in the body, as JSON: docs/explain.md; 400 where it holds none
//   GET /metrics   200: the metrics, as text for Prometheus
//   POST /reload   200: the new configuration is in force; 409 with the reason: the old one is. 403 for a browser's
//                  page
//   GET /history, /attention, /dead-letters …   for the page, as JSON: docs/page.md
// Any of them is 403, and counted, where `Host` cannot be the relay's, or where a browser says that a page of another
// site sent it; and 401 without the token, where there is one. What is for the page only is 403 without a token where
// the port listens beyond loopback.
std::unique_ptr<net::Handler> make_admin_handler(AdminParts parts);

}  // namespace pinrelay::admin
