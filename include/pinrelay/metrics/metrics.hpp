#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/model/quality.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::metrics {

// How often each label of a probe was counted since the process started.
struct Tally {
    using ByLabel = std::map<std::pair<std::string, std::string>, std::uint64_t>;  // key: destination, label
    ByLabel dropped;
    ByLabel warned;
    std::map<std::string, std::uint64_t> rejected;  // by code
};

// Counts what ingest and delivery report, and renders it for Prometheus. docs/metrics.md documents each metric.
//
// Any thread may make any call; none blocks for long, and none throws but for want of memory. Pass labels from a fixed
// set or from the configuration only, never from a request: each new label takes memory for ever. `destination` is
// Destination::name, or "none" where an event has no destination.
//
// Event accounting: accepted + replayed = delivered + dead_lettered + dropped + pending, in every text that render()
// returns. `dropped` is counted here, all else comes from one snapshot of the ledger, and `accepted` is stored +
// dropped.
class Metrics {
public:
    virtual ~Metrics() = default;

    // From ingest.

    // A request to the collect port was answered.
    virtual void request(int status, std::chrono::nanoseconds took) = 0;
    // A whole request was refused: none of its events was accepted. `code` is the refusal's.
    virtual void rejected(std::string_view code) = 0;
    // An accepted event is not sent, for a reason from docs/mapping.md.
    virtual void dropped(std::string_view destination, std::string_view reason) = 0;
    // An event was accepted with a warning from docs/mapping.md.
    virtual void warned(std::string_view destination, std::string_view code) = 0;

    // An accepted event is sent with these components of the event quality score. `event` is Record::event_label.
    virtual void quality(std::string_view destination, std::string_view event, model::Quality components) = 0;

    // From delivery.

    // A request to the destination ended. `result` is the status of the answer, "not_sent" or "ambiguous".
    virtual void sent(std::string_view destination, std::string_view result, std::chrono::nanoseconds took) = 0;
    // A batch was sent whole; `bytes` is the size of its request's body.
    virtual void batch(std::string_view destination, std::size_t records, std::size_t bytes) = 0;
    // So many records went back to the store, to be sent again.
    virtual void retried(std::string_view destination, std::size_t records) = 0;
    // Whether the account is paused, because the destination refused its token or id.
    virtual void paused(std::string_view destination, bool paused) = 0;
    // Whether the oldest pending event waits too long.
    virtual void late(std::string_view destination, bool late) = 0;
    // How many batches may be in flight.
    virtual void concurrency(std::string_view destination, std::size_t limit) = 0;
    // So many records were delivered that long after they were accepted.
    virtual void delivery_latency(std::string_view destination, std::chrono::milliseconds accepted_to_acknowledged,
                                  std::size_t records) = 0;
    // The destination warned of so many records that it has accepted.
    virtual void pinterest_warning(std::string_view destination, std::string_view kind, std::size_t records) = 0;

    // So many records were refused while nothing else was taken: kept, and sent again.
    virtual void doubted(std::string_view destination, std::size_t records) = 0;
    // An answer of the destination contradicts itself.
    virtual void contradiction(std::string_view destination, std::string_view kind) = 0;

    // From the process.

    // Whether an alarm of docs/alarms.md holds; `destination` is "" for one of the whole relay.
    virtual void alarm(std::string_view destination, std::string_view kind, bool holds) = 0;
    // A message about an alarm was taken by its receiver, or was given up.
    virtual void alarm_message(bool taken) = 0;
    // A request to the admin port came from somewhere else than it says, or from a page of another site.
    virtual void admin_refused(std::string_view reason) = 0;
    // Whether a new configuration is in use, or was refused.
    virtual void reloaded(bool taken) = 0;

    // What is counted so far of the events and requests that came in. Duplicates are in the ledger, not here.
    virtual Tally tally() const = 0;

    // All metrics, in Prometheus' text exposition format 0.0.4.
    virtual std::string render() const = 0;
};

// Counts of the collect port's listener. All but `open` are since the start of the process.
struct ConnectionCounts {
    std::size_t open = 0;
    std::size_t refused = 0;                                             // over the limit of all connections
    std::size_t refused_clients = 0;                                     // over the limit of one client
    std::size_t malformed = 0;                                           // requests refused before the handler
    std::vector<std::pair<std::string_view, std::size_t>> handshakes{};  // TLS handshakes by result
    std::optional<Time> certificate_expires{};                           // absent without a certificate
};

// The functions are called in each render(), on its thread.
struct Sources {
    std::function<spool::Ledger()> ledger;
    std::function<ConnectionCounts()> connections;
    Clock clock;
    std::string version;
};
std::unique_ptr<Metrics> make_metrics(Sources sources);

}  // namespace pinrelay::metrics
