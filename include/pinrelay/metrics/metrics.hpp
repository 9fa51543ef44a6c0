#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::metrics {

// The probes that ingest and delivery call, and the Prometheus text that the admin port gives. Thread-safe; every
// label comes from a fixed set or from the configuration, never from a request. Names are documented in
// docs/metrics.md.
//
// The account of events: accepted + replayed = delivered + dead_lettered + dropped + pending, in every scrape: all but
// `dropped` come from one snapshot of the spool's ledger, and `accepted` is stored + dropped.
class Metrics {
public:
    virtual ~Metrics() = default;

    // ingest
    virtual void request(int status, std::chrono::nanoseconds took) = 0;  // of the collect port
    virtual void rejected(std::string_view code) = 0;  // a request refused as a whole: nothing in it was accepted
    virtual void dropped(std::string_view destination,
                         std::string_view reason) = 0;  // an accepted event that is not sent
    virtual void warned(std::string_view destination, std::string_view code) = 0;

    // deliver
    virtual void sent(std::string_view destination, std::string_view result,
                      std::chrono::nanoseconds took) = 0;  // one request: "200", "429", "not_sent", "ambiguous"
    virtual void batch(std::string_view destination, std::size_t records, std::size_t bytes) = 0;
    virtual void retried(std::string_view destination, std::size_t records) = 0;
    virtual void paused(std::string_view destination, bool paused) = 0;
    virtual void late(std::string_view destination, bool late) = 0;  // the oldest pending event waits too long
    virtual void concurrency(std::string_view destination, std::size_t limit) = 0;  // batches that may be in flight
    virtual void delivery_latency(std::string_view destination, std::chrono::milliseconds accepted_to_acknowledged,
                                  std::size_t records) = 0;
    virtual void pinterest_warning(std::string_view destination, std::string_view kind, std::size_t records) = 0;

    // process
    virtual void reloaded(bool taken) = 0;  // whether the new configuration was taken over or refused

    // Prometheus text exposition format 0.0.4.
    virtual std::string render() const = 0;
};

// What the collect port's listener counts by itself.
struct ConnectionCounts {
    std::size_t open = 0;
    std::size_t refused = 0;                                             // over the limit of all
    std::size_t refused_clients = 0;                                     // over the limit of one client
    std::size_t malformed = 0;                                           // requests refused before a handler saw them
    std::vector<std::pair<std::string_view, std::size_t>> handshakes{};  // TLS handshakes by how they ended
    std::optional<Time> certificate_expires{};
};

// All are asked at each scrape.
struct Sources {
    std::function<spool::Ledger()> ledger;
    std::function<ConnectionCounts()> connections;
    Clock clock;
    std::string version;
};
std::unique_ptr<Metrics> make_metrics(Sources sources);

}  // namespace pinrelay::metrics
