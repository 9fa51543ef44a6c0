#include "pinrelay/metrics/metrics.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "fixtures/metrics_text.hpp"

namespace pinrelay::metrics {
namespace {

using namespace std::chrono_literals;
using test::MetricsText;

const Time noon{std::chrono::sys_days{std::chrono::year{2024} / 3 / 1} + 12h};

class MetricsTest : public testing::Test {
protected:
    spool::Ledger ledger;
    Time now = noon;
    std::unique_ptr<Metrics> metrics =
        make_metrics({[this] { return ledger; },
                      [] {
                          return ConnectionCounts{7, 2, 4, 3, {{"done", 5}, {"timeout", 1}}, noon};
                      },
                      [this] { return now; }, "1.2.3"});

    MetricsText scrape() const { return MetricsText(metrics->render()); }
};

TEST_F(MetricsTest, CountsRequestsByStatus) {
    metrics->request(204, 1ms);
    metrics->request(204, 1ms);
    metrics->request(503, 1ms);

    const auto text = scrape();

    EXPECT_EQ(text[R"(pinrelay_requests_total{status="204"})"], 2);
    EXPECT_EQ(text[R"(pinrelay_requests_total{status="503"})"], 1);
    EXPECT_EQ(text.sum("pinrelay_requests_total"), 3);
}

TEST_F(MetricsTest, CountsWhatIsNoStatusAsOther) {
    for (const int status : {0, -1, 99, 600, 1'000'000}) metrics->request(status, 0ns);

    EXPECT_EQ(scrape()[R"(pinrelay_requests_total{status="other"})"], 5);
}

TEST_F(MetricsTest, CountsStatusesAtBothEndsOfTheirRange) {
    metrics->request(100, 0ns);
    metrics->request(599, 0ns);

    const auto text = scrape();

    EXPECT_EQ(text[R"(pinrelay_requests_total{status="100"})"], 1);
    EXPECT_EQ(text[R"(pinrelay_requests_total{status="599"})"], 1);
}

TEST_F(MetricsTest, CountsTheComponentsOfTheQualityScoreByEvent) {
    model::Quality components;
    components.add(model::QualityComponent::HashedEmail);
    components.add(model::QualityComponent::SourceUrl);
    metrics->quality("a", "checkout", components);
    metrics->quality("a", "checkout", {});
    metrics->quality("a", "page_visit", components);

    const auto text = scrape();

    const auto carried = [&text](const std::string& event, const std::string& component) {
        return text["pinrelay_event_quality_components_total{destination=\"a\",event=\"" + event + "\",component=\"" +
                    component + "\"}"];
    };
    EXPECT_EQ(carried("checkout", "hashed_email"), 1);
    EXPECT_EQ(carried("checkout", "source_url"), 1);
    EXPECT_EQ(carried("checkout", "order_id"), 0);
    EXPECT_EQ(carried("page_visit", "hashed_email"), 1);
    EXPECT_EQ(text[R"(pinrelay_event_quality_events_total{destination="a",event="checkout"})"], 2);
}

TEST_F(MetricsTest, ShowsWhichAlarmsHoldAndCountsTheirMessages) {
    metrics->alarm("a", "paused", true);
    metrics->alarm("a", "late", true);
    metrics->alarm("a", "late", false);
    metrics->alarm("", "store_full", true);
    metrics->alarm_message(true);
    metrics->alarm_message(false);
    metrics->alarm_message(false);

    const auto text = scrape();

    EXPECT_EQ(text[R"(pinrelay_alarm_active{destination="a",alarm="paused"})"], 1);
    EXPECT_EQ(text[R"(pinrelay_alarm_active{destination="a",alarm="late"})"], 0);
    EXPECT_EQ(text[R"(pinrelay_alarm_active{alarm="store_full"})"], 1);
    EXPECT_EQ(text[R"(pinrelay_alarm_messages_total{outcome="taken"})"], 1);
    EXPECT_EQ(text[R"(pinrelay_alarm_messages_total{outcome="lost"})"], 2);
}

TEST_F(MetricsTest, PutsDurationsIntoBucketsOfSeconds) {
    metrics->request(204, 400us);
    metrics->request(204, 500us);  // a bound belongs to its bucket
    metrics->request(204, 3s);
    metrics->request(204, 1h);

    const auto text = scrape();

    EXPECT_EQ(text[R"(pinrelay_request_duration_seconds_bucket{le="0.00025"})"], 0);
    EXPECT_EQ(text[R"(pinrelay_request_duration_seconds_bucket{le="0.0005"})"], 2);
    EXPECT_EQ(text[R"(pinrelay_request_duration_seconds_bucket{le="5"})"], 3);
    EXPECT_EQ(text[R"(pinrelay_request_duration_seconds_bucket{le="30"})"], 3);
    EXPECT_EQ(text[R"(pinrelay_request_duration_seconds_bucket{le="+Inf"})"], 4);
    EXPECT_EQ(text["pinrelay_request_duration_seconds_count"], 4);
    EXPECT_DOUBLE_EQ(text["pinrelay_request_duration_seconds_sum"], 3603.0009);
}

TEST_F(MetricsTest, TakesANegativeDurationForNone) {
    metrics->delivery_latency("a", -5ms, 1);

    EXPECT_EQ(scrape()[R"(pinrelay_accepted_to_acknowledged_seconds_sum{destination="a"})"], 0);
}

TEST_F(MetricsTest, CountsRejectionsAndWarningsByCode) {
    metrics->rejected("bad_json");
    metrics->warned("a", "value_without_currency");
    metrics->warned("a", "value_without_currency");
    metrics->warned("b", "value_without_currency");

    const auto text = scrape();

    EXPECT_EQ(text[R"(pinrelay_requests_rejected_total{code="bad_json"})"], 1);
    EXPECT_EQ(text[R"(pinrelay_event_warnings_total{destination="a",code="value_without_currency"})"], 2);
    EXPECT_EQ(text[R"(pinrelay_event_warnings_total{destination="b",code="value_without_currency"})"], 1);
}

TEST_F(MetricsTest, CountsDeliveryPerDestination) {
    metrics->sent("a", "200", 20ms);
    metrics->sent("a", "not_sent", 3s);
    metrics->batch("a", 3, 2'048);
    metrics->retried("a", 5);
    metrics->retried("a", 2);
    metrics->pinterest_warning("a", "click_id_missing", 4);

    const auto text = scrape();

    EXPECT_EQ(text[R"(pinrelay_delivery_requests_total{destination="a",result="200"})"], 1);
    EXPECT_EQ(text[R"(pinrelay_delivery_requests_total{destination="a",result="not_sent"})"], 1);
    EXPECT_EQ(text[R"(pinrelay_delivery_request_duration_seconds_count{destination="a"})"], 2);
    EXPECT_EQ(text[R"(pinrelay_delivery_batch_records_sum{destination="a"})"], 3);
    EXPECT_EQ(text[R"(pinrelay_delivery_batch_bytes_sum{destination="a"})"], 2'048);
    EXPECT_EQ(text[R"(pinrelay_delivery_retried_events_total{destination="a"})"], 7);
    EXPECT_EQ(text[R"(pinrelay_delivery_warnings_total{destination="a",kind="click_id_missing"})"], 4);
}

TEST_F(MetricsTest, WeighsLatencyByRecords) {
    metrics->delivery_latency("a", 1500ms, 10);

    const auto text = scrape();

    EXPECT_EQ(text[R"(pinrelay_accepted_to_acknowledged_seconds_count{destination="a"})"], 10);
    EXPECT_EQ(text[R"(pinrelay_accepted_to_acknowledged_seconds_sum{destination="a"})"], 15);
    EXPECT_EQ(text[R"(pinrelay_accepted_to_acknowledged_seconds_bucket{destination="a",le="1"})"], 0);
    EXPECT_EQ(text[R"(pinrelay_accepted_to_acknowledged_seconds_bucket{destination="a",le="2"})"], 10);
}

TEST_F(MetricsTest, ShowsAPauseAndItsEnd) {
    metrics->paused("a", true);
    const double during = scrape()[R"(pinrelay_delivery_paused{destination="a"})"];
    metrics->paused("a", false);
    const double after = scrape()[R"(pinrelay_delivery_paused{destination="a"})"];

    EXPECT_EQ(during, 1);
    EXPECT_EQ(after, 0);
}

TEST_F(MetricsTest, TellsAboutTheProcess) {
    now += 90s;

    const auto text = scrape();

    EXPECT_EQ(text[R"(pinrelay_build_info{version="1.2.3"})"], 1);
    EXPECT_EQ(text["pinrelay_open_connections"], 7);
    EXPECT_EQ(text[R"(pinrelay_connections_refused_total{limit="all"})"], 2);
    EXPECT_EQ(text[R"(pinrelay_connections_refused_total{limit="client"})"], 4);
    EXPECT_EQ(text["pinrelay_requests_malformed_total"], 3);
    EXPECT_EQ(text[R"(pinrelay_tls_handshakes_total{outcome="done"})"], 5);
    EXPECT_EQ(text[R"(pinrelay_tls_handshakes_total{outcome="timeout"})"], 1);
    EXPECT_EQ(text["pinrelay_tls_certificate_expiry_timestamp_seconds"], 1709294400);
    EXPECT_DOUBLE_EQ(text["process_start_time_seconds"],
                     std::chrono::duration<double>(noon.time_since_epoch()).count());
}

TEST_F(MetricsTest, BalancesWhatTheSpoolAndTheDropsSay) {
    ledger.by_label[{"a", "checkout"}] = {.stored = 10, .delivered = 6, .dead_lettered = 1};
    ledger.dead_by_reason[{"a", "refused"}] = 1;
    metrics->dropped("a", "unknown_event");
    metrics->dropped("b", "consent");

    const auto text = scrape();

    EXPECT_EQ(text.sum("pinrelay_events_accepted_total", R"(destination="a")"), 11);
    EXPECT_EQ(text.sum("pinrelay_events_accepted_total", R"(destination="b")"), 1);
    EXPECT_EQ(text[R"(pinrelay_events_dropped_total{destination="b",reason="consent"})"], 1);
}

TEST_F(MetricsTest, BalancesInEveryScrapeWhileEventsAreDropped) {
    ledger.by_label[{"a", "checkout"}] = {.stored = 10, .delivered = 6, .dead_lettered = 0};
    std::atomic<bool> stop = false;
    std::thread dropper([&] {
        for (int i = 0; !stop; ++i) metrics->dropped("a", "reason" + std::to_string(i % 100));
    });

    for (int i = 0; i < 50; ++i) {
        const auto text = scrape();
        const double fates = text.sum("pinrelay_events_delivered_total") + text.sum("pinrelay_events_dropped_total") +
                             text.sum("pinrelay_events_dead_lettered_total") + text.sum("pinrelay_events_pending");
        EXPECT_EQ(text.sum("pinrelay_events_accepted_total"), fates);
    }
    stop = true;
    dropper.join();
}

TEST_F(MetricsTest, LosesNoCountAmongThreads) {
    constexpr int threads = 4, rounds = 5'000, labels = 20;
    std::vector<std::thread> workers;

    for (int t = 0; t < threads; ++t)
        workers.emplace_back([this] {
            for (int i = 0; i < rounds; ++i) {
                metrics->dropped("a", "reason" + std::to_string(i % labels));
                metrics->request(204, 1ms);
            }
        });
    for (auto& worker : workers) worker.join();

    const auto text = scrape();
    EXPECT_EQ(text.sum("pinrelay_events_dropped_total"), threads * rounds);
    EXPECT_EQ(text[R"(pinrelay_events_dropped_total{destination="a",reason="reason7"})"], threads * rounds / labels);
    EXPECT_EQ(text["pinrelay_request_duration_seconds_count"], threads * rounds);
}

TEST_F(MetricsTest, BoundsItsSeriesWhateverTheLabels) {
    constexpr int many = 2'000;

    for (int i = 0; i < many; ++i) metrics->warned("a", "code" + std::to_string(i));

    const auto text = scrape();
    EXPECT_EQ(text.sum("pinrelay_event_warnings_total"), many);
    EXPECT_GT(text[R"(pinrelay_event_warnings_total{destination="other",code="other"})"], 1'000);
    EXPECT_LT(text.samples().size(), 1'000u);
}

TEST_F(MetricsTest, EscapesLabels) {
    metrics->warned("a\"b\\c\nd", "code");

    EXPECT_NE(metrics->render().find(R"(destination="a\"b\\c\nd")"), std::string::npos);
}

}  // namespace
}  // namespace pinrelay::metrics
