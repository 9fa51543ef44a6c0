#include <prometheus/text_serializer.h>

#include <algorithm>
#include <sstream>

#include "event_account.hpp"
#include "family.hpp"
#include "histogram.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "quality_counts.hpp"
#include "scales.hpp"
#include "series.hpp"
#include "status_counts.hpp"

namespace pinrelay::metrics {

namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

using Cell = std::atomic<std::uint64_t>;  // a counter, or a gauge of whole numbers

Cell make_cell() { return Cell(0); }

QualityCounts make_quality_counts() { return {}; }

template <const Scale& scale>
Histogram make_histogram() {
    return Histogram(scale);
}

void increase(Cell& cell, std::uint64_t by = 1) noexcept { cell.fetch_add(by, std::memory_order_relaxed); }

double value_of(const Cell& cell) noexcept { return static_cast<double>(cell.load(std::memory_order_relaxed)); }

// A steady clock gives no negative durations; a wall clock that is set back does.
template <class Duration>
std::uint64_t ticks(Duration duration) noexcept {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
}

MetricFamily cells(std::string name, std::string help, MetricType type, std::string_view label_name,
                   const Series<Cell>& series) {
    Family family(std::move(name), std::move(help), type);
    series.each([&](std::string_view destination, std::string_view label, const Cell& cell) {
        family.add({{"destination", destination}, {label_name, label}}, value_of(cell));
    });
    return family.take();
}

MetricFamily histograms(std::string name, std::string help, const Series<Histogram>& series) {
    Family family(std::move(name), std::move(help), MetricType::Histogram);
    series.each([&](std::string_view destination, std::string_view, const Histogram& histogram) {
        family.add({{"destination", destination}}, histogram.collect());
    });
    return family.take();
}

// The hot path (request, rejected, dropped, warned) takes no lock and, after the first call for a label, allocates
// nothing. Counts are atomic, and only `render` turns them into what prometheus-cpp serializes.
class PrometheusMetrics final : public Metrics {
public:
    explicit PrometheusMetrics(Sources sources) : sources_(std::move(sources)), started_(sources_.clock()) {}

    void request(int status, std::chrono::nanoseconds took) override {
        requests_.count(status);
        request_duration_.observe(ticks(took));
    }
    void rejected(std::string_view code) override { increase(rejected_.at({}, code)); }
    void dropped(std::string_view destination, std::string_view reason) override {
        increase(dropped_.at(destination, reason));
    }
    void warned(std::string_view destination, std::string_view code) override {
        increase(warned_.at(destination, code));
    }

    void quality(std::string_view destination, std::string_view event, model::Quality components) override {
        quality_.at(destination, event).count(components);
    }

    void sent(std::string_view destination, std::string_view result, std::chrono::nanoseconds took) override {
        increase(sent_.at(destination, result));
        sent_duration_.at(destination).observe(ticks(took));
    }
    void batch(std::string_view destination, std::size_t records, std::size_t bytes) override {
        batch_records_.at(destination).observe(records);
        batch_bytes_.at(destination).observe(bytes);
    }
    void retried(std::string_view destination, std::size_t records) override {
        increase(retried_.at(destination), records);
    }
    void paused(std::string_view destination, bool paused) override {
        paused_.at(destination).store(paused ? 1 : 0, std::memory_order_relaxed);
    }
    void late(std::string_view destination, bool late) override {
        late_.at(destination).store(late ? 1 : 0, std::memory_order_relaxed);
    }
    void concurrency(std::string_view destination, std::size_t limit) override {
        concurrency_.at(destination).store(limit, std::memory_order_relaxed);
    }
    void delivery_latency(std::string_view destination, std::chrono::milliseconds took, std::size_t records) override {
        latency_.at(destination).observe(ticks(took), records);
    }
    void pinterest_warning(std::string_view destination, std::string_view kind, std::size_t records) override {
        increase(delivery_warnings_.at(destination, kind), records);
    }

    void doubted(std::string_view destination, std::size_t records) override {
        increase(doubted_.at(destination), records);
    }
    void contradiction(std::string_view destination, std::string_view kind) override {
        increase(contradictions_.at(destination, kind));
    }

    void alarm(std::string_view destination, std::string_view kind, bool holds) override {
        alarms_.at(destination, kind).store(holds ? 1 : 0, std::memory_order_relaxed);
    }
    void alarm_message(bool taken) override { increase(taken ? alarm_messages_taken_ : alarm_messages_lost_); }

    void admin_refused(std::string_view reason) override { increase(admin_refused_.at({}, reason)); }
    void reloaded(bool taken) override { increase(taken ? reloads_taken_ : reloads_refused_); }

    Tally tally() const override {
        Tally tally{counts_of(dropped_), counts_of(warned_), {}};
        for (const auto& [labels, count] : counts_of(rejected_)) tally.rejected[labels.second] = count;
        return tally;
    }

    std::string render() const override {
        const Time now = sources_.clock();
        const spool::Ledger ledger = sources_.ledger();
        std::vector<MetricFamily> families = event_account(ledger, counts_of(dropped_), now);
        add_ingest(families);
        families.push_back(event_warnings(ledger, counts_of(warned_)));
        add_quality(families);
        add_delivery(families);
        add_alarms(families);
        add_process(families);
        std::ostringstream out;
        prometheus::TextSerializer().Serialize(out, families);
        return std::move(out).str();
    }

private:
    static Dropped counts_of(const Series<Cell>& series) {
        Dropped counts;
        series.each([&](const std::string& destination, const std::string& label, const Cell& cell) {
            counts[{destination, label}] = cell.load(std::memory_order_relaxed);
        });
        return counts;
    }

    void add_ingest(std::vector<MetricFamily>& families) const {
        Family requests("pinrelay_requests_total", "Requests to the collect port.", MetricType::Counter);
        requests_.each([&](int status, std::uint64_t count) {
            requests.add({{"status", status == 0 ? "other" : std::to_string(status)}}, static_cast<double>(count));
        });
        families.push_back(requests.take());
        families.push_back(Family("pinrelay_request_duration_seconds",
                                  "From a whole request to its answer, the commit included.", MetricType::Histogram)
                               .add({}, request_duration_.collect())
                               .take());
        families.push_back(cells("pinrelay_requests_rejected_total", "Requests refused as a whole.",
                                 MetricType::Counter, "code", rejected_));
    }

    void add_quality(std::vector<MetricFamily>& families) const {
        Family carried("pinrelay_event_quality_components_total",
                       "Accepted events that carry a component of the event quality score.", MetricType::Counter);
        Family events("pinrelay_event_quality_events_total",
                      "Accepted events that were looked at for components of the event quality score.",
                      MetricType::Counter);
        quality_.each([&](std::string_view destination, std::string_view event, const QualityCounts& counts) {
            for (std::size_t place = 0; place < model::quality_component_names.size(); ++place)
                carried.add({{"destination", destination},
                             {"event", event},
                             {"component", model::quality_component_names[place]}},
                            static_cast<double>(counts.carried(place)));
            events.add({{"destination", destination}, {"event", event}}, static_cast<double>(counts.events()));
        });
        families.push_back(carried.take());
        families.push_back(events.take());
    }

    void add_alarms(std::vector<MetricFamily>& families) const {
        families.push_back(cells("pinrelay_alarm_active", "1 while an alarm holds, whether it was sent or not.",
                                 MetricType::Gauge, "alarm", alarms_));
        Family messages("pinrelay_alarm_messages_total", "Messages about alarms.", MetricType::Counter);
        messages.add({{"outcome", "taken"}}, value_of(alarm_messages_taken_));
        messages.add({{"outcome", "lost"}}, value_of(alarm_messages_lost_));
        families.push_back(messages.take());
    }

    void add_delivery(std::vector<MetricFamily>& families) const {
        families.push_back(cells("pinrelay_delivery_requests_total", "Requests to the destination.",
                                 MetricType::Counter, "result", sent_));
        families.push_back(histograms("pinrelay_delivery_request_duration_seconds",
                                      "From sending a request to its answer or failure.", sent_duration_));
        families.push_back(histograms("pinrelay_delivery_batch_records", "Events per request.", batch_records_));
        families.push_back(histograms("pinrelay_delivery_batch_bytes", "Body size per request.", batch_bytes_));
        families.push_back(cells("pinrelay_delivery_retried_events_total", "Events given back to be sent again.",
                                 MetricType::Counter, "", retried_));
        families.push_back(cells("pinrelay_delivery_paused", "1 while delivery waits for somebody to act.",
                                 MetricType::Gauge, "", paused_));
        families.push_back(cells("pinrelay_delivery_late", "1 while the oldest pending event waits too long.",
                                 MetricType::Gauge, "", late_));
        families.push_back(cells("pinrelay_delivery_concurrency", "Batches that may be in flight.", MetricType::Gauge,
                                 "", concurrency_));
        families.push_back(histograms("pinrelay_accepted_to_acknowledged_seconds",
                                      "From accepting an event to the destination's acknowledgement.", latency_));
        families.push_back(cells("pinrelay_delivery_warnings_total", "Events that the destination took with a warning.",
                                 MetricType::Counter, "kind", delivery_warnings_));
        families.push_back(cells("pinrelay_delivery_doubted_refusals_total",
                                 "Refusals of events while nothing else was taken; the events are sent again.",
                                 MetricType::Counter, "", doubted_));
        families.push_back(cells("pinrelay_delivery_contradictory_answers_total",
                                 "Answers of the destination that contradict themselves.", MetricType::Counter, "kind",
                                 contradictions_));
    }

    static void add_tls(std::vector<MetricFamily>& families, const ConnectionCounts& connections) {
        Family handshakes("pinrelay_tls_handshakes_total", "TLS handshakes on the collect port.", MetricType::Counter);
        for (const auto& [outcome, count] : connections.handshakes)
            handshakes.add({{"outcome", outcome}}, static_cast<double>(count));
        families.push_back(handshakes.take());
        if (!connections.certificate_expires) return;
        const std::chrono::duration<double> expires = connections.certificate_expires->time_since_epoch();
        families.push_back(Family("pinrelay_tls_certificate_expiry_timestamp_seconds",
                                  "When the certificate of the collect port ends, in Unix time.", MetricType::Gauge)
                               .add({}, expires.count())
                               .take());
    }

    void add_process(std::vector<MetricFamily>& families) const {
        const ConnectionCounts connections = sources_.connections();
        families.push_back(Family("pinrelay_open_connections", "Connections to the collect port.", MetricType::Gauge)
                               .add({}, static_cast<double>(connections.open))
                               .take());
        families.push_back(
            Family("pinrelay_connections_refused_total", "Connections closed over a limit.", MetricType::Counter)
                .add({{"limit", "all"}}, static_cast<double>(connections.refused))
                .add({{"limit", "client"}}, static_cast<double>(connections.refused_clients))
                .take());
        families.push_back(
            Family("pinrelay_requests_malformed_total", "Requests refused before they were read.", MetricType::Counter)
                .add({}, static_cast<double>(connections.malformed))
                .take());
        add_tls(families, connections);
        families.push_back(Family("pinrelay_build_info", "Always 1; the version is a label.", MetricType::Gauge)
                               .add({{"version", sources_.version}}, 1)
                               .take());
        families.push_back(cells("pinrelay_admin_requests_refused_total",
                                 "Requests to the admin port that were refused for where they come from.",
                                 MetricType::Counter, "reason", admin_refused_));
        Family reloads("pinrelay_config_reloads_total", "Attempts to take over a new configuration.",
                       MetricType::Counter);
        reloads.add({{"outcome", "taken"}}, value_of(reloads_taken_));
        reloads.add({{"outcome", "refused"}}, value_of(reloads_refused_));
        families.push_back(reloads.take());
        const auto started = std::chrono::duration<double>(started_.time_since_epoch());
        families.push_back(
            Family("process_start_time_seconds", "When the process started, in Unix time.", MetricType::Gauge)
                .add({}, started.count())
                .take());
    }

    const Sources sources_;
    const Time started_;

    StatusCounts requests_;
    Histogram request_duration_{request_scale};
    Series<Cell> rejected_{make_cell};
    Series<Cell> dropped_{make_cell};
    Series<Cell> warned_{make_cell};
    Series<Cell> admin_refused_{make_cell};
    Series<QualityCounts> quality_{make_quality_counts};

    Series<Cell> sent_{make_cell};
    Series<Histogram> sent_duration_{make_histogram<delivery_request_scale>};
    Series<Histogram> batch_records_{make_histogram<records_scale>};
    Series<Histogram> batch_bytes_{make_histogram<bytes_scale>};
    Series<Cell> retried_{make_cell};
    Series<Cell> doubted_{make_cell};
    Series<Cell> contradictions_{make_cell};
    Series<Cell> paused_{make_cell};
    Series<Cell> late_{make_cell};
    Series<Cell> concurrency_{make_cell};
    Series<Histogram> latency_{make_histogram<latency_scale>};
    Series<Cell> delivery_warnings_{make_cell};

    Series<Cell> alarms_{make_cell};
    Cell alarm_messages_taken_{0};
    Cell alarm_messages_lost_{0};

    Cell reloads_taken_{0};
    Cell reloads_refused_{0};
};

}  // namespace

std::unique_ptr<Metrics> make_metrics(Sources sources) {
    return std::make_unique<PrometheusMetrics>(std::move(sources));
}

}  // namespace pinrelay::metrics
