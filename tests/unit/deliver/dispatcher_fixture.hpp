#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>

#include "clocked_alarms.hpp"
#include "fixtures/counting_metrics.hpp"
#include "fixtures/scripted_client.hpp"
#include "fixtures/scripted_spool.hpp"
#include "fixtures/test_logger.hpp"
#include "pinrelay/deliver/dispatcher.hpp"

namespace pinrelay::deliver {

using namespace std::chrono_literals;

inline const std::string account = "pinterest:1";
inline const Time start_of_test = Time(1'713'571'200s);

// Takes every body with a status of 200 but "no"; refuses a request that holds "bad" with 400.
class LetterDestination final : public destination::Destination {
public:
    explicit LetterDestination(destination::BatchLimits limits) : limits_(limits) {}
    const std::string& name() const noexcept override { return account; }
    destination::BatchLimits max_batch() const noexcept override { return limits_; }
    destination::RequestRate max_rate() const noexcept override { return {1000, 1000}; }
    destination::AgeLimits age_limits() const noexcept override { return {}; }
    destination::Translation translate(const model::Event&, Time) const override {
        return {destination::Drop{"not_mapped", "", ""}, {}};
    }

    destination::Translation translate_again(const model::Record& stored, Time) const override { return {stored, {}}; }
    http::Request encode(const std::vector<model::StoredRecord>& batch) const override {
        http::Request request;
        for (const auto& stored : batch) request.body += stored.record.body + ",";
        return request;
    }

    destination::Verdict judge(const http::Response& response, std::size_t count, Time) const override {
        destination::Verdict verdict;
        verdict.message = "status " + std::to_string(response.status);
        if (response.status == 400) verdict.decision = destination::Isolate{};
        if (response.status == 401) verdict.decision = destination::Pause{"look at the access token"};
        if (response.status == 500) verdict.decision = destination::Retry{std::nullopt, true, true};
        if (response.status == 503) verdict.decision = destination::Retry{std::nullopt, true};
        if (response.status == 429) verdict.decision = destination::Retry{30s, false};
        if (response.status == 200) verdict.records.resize(count);
        return verdict;
    }

private:
    destination::BatchLimits limits_;
};

inline http::Response answer(int status) {
    http::Response response;
    response.status = status;
    return response;
}

struct DispatcherTest : testing::Test {
    boost::asio::io_context context{1};
    test::ScriptedSpool spool;
    test::ScriptedClient client{context};
    test::CountingMetrics metrics;
    test::TestLogger logger;
    Time now = start_of_test;
    Time::duration jumped{0};     // the system's clock, away from `now`
    std::optional<Time> certain;  // nothing: the system's clock is believed at once
    test::ClockedAlarms alarms{context, now};
    double random = 0.5;
    destination::BatchLimits limits{10, 1'000'000};
    DispatchOptions options;
    std::shared_ptr<AccountMemory> memory = std::make_shared<AccountMemory>();
    std::unique_ptr<LetterDestination> destination;
    std::unique_ptr<Dispatcher> dispatcher;
    std::size_t stopped = 0;

    DispatcherTest() {
        options.retry = {1s, 60s, 45s, 1h};
        options.concurrency = 4;
        options.requests_per_second = 1000;
    }

    void make() {
        destination = std::make_unique<LetterDestination>(limits);
        DispatchParts parts{context,
                            *destination,
                            spool,
                            client,
                            metrics,
                            [this] { return now; },
                            [this] { return random; },
                            alarms.maker(),
                            logger,
                            memory,
                            [this] { return now + jumped; },
                            [this] { return certain.value_or(now + jumped); }};
        dispatcher = make_dispatcher(std::move(parts), options);
    }

    void start() {
        make();
        spool.on_append([this] { dispatcher->wake(); });
        dispatcher->start();
        settle_down();
    }

    // Everything that can happen without time passing. Gives how many handlers ran.
    std::size_t settle_down() {
        context.restart();
        return context.poll();
    }

    void pass(std::chrono::milliseconds time) {
        now += time;
        alarms.ring_due();
        settle_down();
    }

    // Runs until it has come true; by real timers where it must.
    template <class Condition>
    void run_until(Condition condition) {
        context.restart();
        while (!condition() && context.run_one_for(20s) > 0) {
        }
        ASSERT_TRUE(condition());
    }

    // Gives how many handlers the dispatcher ran for it.
    std::size_t append(std::size_t count, const std::string& body = "event", bool deduplicated = true,
                       std::chrono::seconds age = 0s) {
        std::vector<spool::Arrival> arrivals(count);
        for (spool::Arrival& arrival : arrivals) {
            auto& record = arrival.record;
            record.destination = account;
            record.event_time = now - age;
            record.body = body;
            record.deduplicated = deduplicated;
        }
        spool.now = now;
        spool.append(std::move(arrivals), nullptr);
        return settle_down();
    }

    void stop(std::chrono::milliseconds grace = 1h) {
        dispatcher->stop(grace, [this] { ++stopped; });
        settle_down();
    }

    std::size_t delivered() const { return spool.settled_as(spool::Settlement::Fate::Delivered); }
    std::size_t dead() const { return spool.settled_as(spool::Settlement::Fate::DeadLetter); }
};

}  // namespace pinrelay::deliver
