#pragma once

#include <span>
#include <vector>

#include "ingest/limits/first_times.hpp"
#include "ingest/visitor/client_address.hpp"
#include "outcome.hpp"
#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/watch/live_events.hpp"
#include "trace_context.hpp"

namespace pinrelay::ingest {

// Counts what became of events, shows them to those who watch, and logs the first of each kind that is not sent, with
// its cause and what to do about it. The records of stored events are the ledger's to count. Any thread.
class OutcomeReport {
public:
    // `live`: where those who watch read; null pointer for nobody.
    OutcomeReport(metrics::Metrics& metrics, Logger& logger, watch::LiveEvents* live = nullptr)
        : metrics_(metrics), logger_(logger), live_(live) {}

    // The events of the request, or some of them, after they are stored.
    void note(std::span<const Outcome> outcomes, const Client& client, const http::Request& request);

    // A whole request that was refused; `message` is that of its answer.
    void refused(std::string_view code, std::string_view field, std::string_view message);

private:
    void note_one(const Outcome& outcome, const NotSent& reason, Time now);
    void show(const Outcome& outcome, const NotSent& reason, Time now);
    void show_refused(std::string_view code, std::string_view message);
    void say_first(const Outcome& outcome, const NotSent& reason);
    void say_address(const Client& client);
    void say_named_visitor(const Outcome& outcome, const destination::Warning& warning);
    void say_each(const Outcome& outcome, const NotSent& reason, const TraceContext& trace);

    metrics::Metrics& metrics_;
    Logger& logger_;
    watch::LiveEvents* live_;
    FirstTimes<128> reasons_;  // of an account
    FirstTimes<16> hosts_;     // that no account takes
    FirstTimes<32> refusals_;
    FirstTimes<32> named_visitors_;  // that are not believed, of an account
    FirstTimes<32> private_peers_;   // whose visitors' addresses are not known, and why
    FirstTimes<8> public_networks_;  // anybody on the internet can be one of these
};

}  // namespace pinrelay::ingest
