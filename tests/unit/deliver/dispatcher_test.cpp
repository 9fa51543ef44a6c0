#include "pinrelay/deliver/dispatcher.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <set>
#include <thread>

#include "dispatcher_fixture.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::deliver {
namespace {

TEST_F(DispatcherTest, LingersForMoreRecordsThenSendsThemTogether) {
    start();
    append(2);
    append(1);
    pass(900ms);
    ASSERT_EQ(client.requests.size(), 0u);

    pass(100ms);

    ASSERT_EQ(client.requests.size(), 1u);
    EXPECT_EQ(client.requests[0].body, "event,event,event,");
    EXPECT_EQ(delivered(), 3u);
    EXPECT_EQ(metrics["sent:pinterest:1:200"], 1u);
    EXPECT_EQ(metrics["batch:pinterest:1:records"], 3u);
    EXPECT_EQ(metrics["latency:pinterest:1:records"], 3u);
}

TEST_F(DispatcherTest, LingersByItsOwnTimerWithoutBeingWoken) {
    options.linger = 1ms;
    start();
    append(1);
    now += 1ms;

    run_until([this] { return delivered() == 1; });

    EXPECT_EQ(client.requests.size(), 1u);
}

TEST_F(DispatcherTest, SendsAFullBatchAtOnce) {
    start();

    append(10);

    EXPECT_EQ(delivered(), 10u);
}

TEST_F(DispatcherTest, IsWokenByTheFirstRecordAndByTheOneThatFillsTheBatch) {
    start();

    EXPECT_GT(append(1), 0u);
    EXPECT_EQ(append(4), 0u);
    EXPECT_EQ(append(4), 0u);
    EXPECT_GT(append(1), 0u);

    EXPECT_EQ(delivered(), 10u);
}

TEST_F(DispatcherTest, CountsWhatIsInFlightTowardsNoBatch) {
    client.hold();
    start();
    append(10);
    append(1);

    EXPECT_EQ(append(8), 0u) << "19 are pending, 10 of them in flight";
    EXPECT_GT(append(1), 0u);

    EXPECT_EQ(client.requests.size(), 2u);
}

TEST_F(DispatcherTest, IsNotWokenWhileItWaitsAfterAFailure) {
    client.answer = [](const http::Request&) { return answer(503); };
    start();
    append(10);
    append(1);

    EXPECT_EQ(append(30), 0u);
    client.answer = [](const http::Request&) { return answer(200); };
    for (int i = 0; i < 5; ++i) pass(60s);

    EXPECT_EQ(delivered(), 41u);
}

TEST_F(DispatcherTest, SendsABacklogFromBeforeTheStartWithoutLingering) {
    spool.append({}, nullptr);
    destination = std::make_unique<LetterDestination>(limits);
    std::vector<spool::Arrival> arrivals(3);
    for (spool::Arrival& arrival : arrivals) {
        auto& record = arrival.record;
        record.destination = account;
        record.event_time = now;
    }
    spool.append(std::move(arrivals), nullptr);

    start();

    EXPECT_EQ(delivered(), 3u);
}

TEST_F(DispatcherTest, LearnsHowManyBatchesMayBeInFlightAndKeepsNoMoreThanItMay) {
    start();
    std::vector<std::size_t> in_flight;

    for (int round = 0; round < 20; ++round) {
        client.hold();
        append(100);
        in_flight.push_back(client.in_flight);
        client.release();
        settle_down();
    }

    // One more than the limit, for records that are fresh.
    EXPECT_EQ(in_flight.front(), 1u + 1u);
    EXPECT_EQ(in_flight.back(), options.concurrency + 1u);
    EXPECT_EQ(client.most_in_flight, options.concurrency + 1u);
    EXPECT_EQ(metrics["concurrency:pinterest:1"], options.concurrency);
    EXPECT_EQ(delivered(), 2000u);
}

TEST_F(DispatcherTest, LeavesALaneToFreshRecords) {
    client.hold();
    start();
    append(100, "stale", true, 2h);
    const std::size_t before = client.requests.size();

    append(10, "fresh");

    EXPECT_EQ(before, 1u);
    EXPECT_EQ(client.requests.size(), 2u);
    EXPECT_EQ(client.requests.back().body.substr(0, 5), "fresh");
}

TEST_F(DispatcherTest, KeepsToTheRate) {
    options.requests_per_second = 2;
    limits = {1, 1'000'000};
    start();

    append(20);
    const std::size_t at_once = client.requests.size();
    pass(500ms);
    pass(500ms);

    EXPECT_EQ(at_once, 2u);
    EXPECT_EQ(client.requests.size(), 4u);
}

TEST_F(DispatcherTest, WarnsOnceWhileTheOldestEventWaitsTooLong) {
    options.warn_age = 15min;
    client.answer = [](const http::Request&) { return answer(503); };
    start();
    append(10);
    for (int i = 0; i < 20; ++i) pass(1min);
    const std::size_t while_late = metrics["late:pinterest:1:yes"];
    client.answer = [](const http::Request&) { return answer(200); };

    for (int i = 0; i < 5; ++i) pass(1min);

    EXPECT_GT(while_late, 0u);
    EXPECT_EQ(logger.count(LogLevel::Warn, "wait too long"), 1u);
    EXPECT_EQ(logger.count(LogLevel::Info, "no event waits too long"), 1u);
}

TEST_F(DispatcherTest, ARetiredOneLetsItsRequestsEndAndBeginsNothingMore) {
    client.hold();
    start();
    append(30);
    const std::size_t before = client.requests.size();

    dispatcher->retire([this] { ++stopped; });
    settle_down();
    const std::size_t stopped_early = stopped;
    client.release();
    settle_down();

    EXPECT_EQ(stopped_early, 0u);
    EXPECT_EQ(stopped, 1u);
    EXPECT_EQ(client.requests.size(), before);
    EXPECT_EQ(delivered(), before * 10);
    EXPECT_EQ(spool.held(), 0u);
}

TEST_F(DispatcherTest, LeavesOtherAccountsRecordsAlone) {
    start();
    std::vector<spool::Arrival> others(20);
    for (spool::Arrival& other : others) other.record.destination = "pinterest:2";

    spool.append(std::move(others), nullptr);
    pass(10s);

    EXPECT_EQ(client.requests.size(), 0u);
}

TEST_F(DispatcherTest, GoesOnAfterABatchThatEndedByItsBytes) {
    limits = {10, 20};
    start();

    append(9, "12345678");
    pass(1s);
    pass(1s);
    pass(1s);
    pass(1s);
    pass(1s);

    EXPECT_EQ(delivered(), 9u);
    for (const auto& request : client.requests) EXPECT_LE(request.body.size(), 20u);
}

TEST_F(DispatcherTest, IsolatesTheRecordsThatTheDestinationRefuses) {
    client.answer = [](const http::Request& request) {
        return answer(request.body.find("bad") == std::string::npos ? 200 : 400);
    };
    start();

    spool.now = now;
    append(3);
    append(1, "bad");
    append(6);

    EXPECT_EQ(delivered(), 9u);
    ASSERT_EQ(dead(), 1u);
    const auto letter = std::ranges::find_if(
        spool.settlements, [](const auto& one) { return one.fate == spool::Settlement::Fate::DeadLetter; });
    EXPECT_EQ(letter->id, 4);
    EXPECT_EQ(letter->reason, spool::reasons::request_refused.label);
    EXPECT_EQ(letter->message, "status 400");
}

TEST_F(DispatcherTest, WaitsAfterAFailureThenTriesOneBatchAtATime) {
    client.answer = [](const http::Request&) { return answer(503); };
    client.hold();
    start();
    append(40);
    client.release();
    settle_down();
    const std::size_t before = client.requests.size();
    pass(499ms);
    const std::size_t during = client.requests.size();

    pass(1ms);

    EXPECT_EQ(before, 2u);
    EXPECT_EQ(during, 2u);
    EXPECT_EQ(client.requests.size(), 3u);
    EXPECT_EQ(delivered(), 0u);
    EXPECT_EQ(logger.count(LogLevel::Warn), 1u);
}

TEST_F(DispatcherTest, DeliversEverythingOnceTheDestinationIsBack) {
    client.answer = [](const http::Request&) { return answer(503); };
    start();
    append(40);
    for (int i = 0; i < 5; ++i) pass(60s);
    client.answer = [](const http::Request&) { return answer(200); };

    for (int i = 0; i < 5; ++i) pass(60s);

    EXPECT_EQ(delivered(), 40u);
    EXPECT_EQ(spool.held(), 0u);
    EXPECT_EQ(logger.count(LogLevel::Info, "works again"), 1u);
}

TEST_F(DispatcherTest, ObeysTheDestinationsWish) {
    client.answer = [](const http::Request&) { return answer(429); };
    start();
    append(10);

    pass(29s);

    EXPECT_EQ(client.requests.size(), 1u);
    pass(1s);
    EXPECT_EQ(client.requests.size(), 2u);
}

TEST_F(DispatcherTest, SendsFreshRecordsFirstAfterAnOutage) {
    options.concurrency = 1;
    client.answer = [](const http::Request&) { return answer(503); };
    start();
    append(10, "old");
    now += 2h;
    client.requests.clear();
    client.answer = [](const http::Request&) { return answer(200); };

    append(10, "new");
    pass(0s);

    ASSERT_EQ(client.requests.size(), 2u);
    EXPECT_EQ(client.requests[0].body.substr(0, 3), "new");
    EXPECT_EQ(client.requests[1].body.substr(0, 3), "old");
}

TEST_F(DispatcherTest, BatchesThatTheDestinationCannotStomachDoNotHoldUpTheOthers) {
    options.concurrency = 1;
    client.answer = [](const http::Request& request) {
        return answer(request.body.find("poison") == std::string::npos ? 200 : 503);
    };
    start();
    append(10, "poison");
    append(10, "good");

    for (int i = 0; i < 10; ++i) pass(30s);

    EXPECT_EQ(delivered(), 10u);
}

TEST_F(DispatcherTest, PausesWithOneAlarmAndProbesWithOneBatchUntilTheTokenWorks) {
    client.answer = [](const http::Request&) { return answer(401); };
    start();
    append(40);
    const std::size_t before = client.requests.size();
    for (int i = 0; i < 3; ++i) pass(45s);
    const std::size_t probes = client.requests.size() - before;
    client.answer = [](const http::Request&) { return answer(200); };

    for (int i = 0; i < 4; ++i) pass(45s);

    EXPECT_EQ(probes, 3u);
    EXPECT_EQ(delivered(), 40u);
    EXPECT_EQ(dead(), 0u);
    EXPECT_EQ(logger.count(LogLevel::Error), 1u);
    EXPECT_EQ(logger.count(LogLevel::Error, "look at the access token"), 1u);
    EXPECT_EQ(logger.count(LogLevel::Info), 1u);
    EXPECT_EQ(metrics["paused:pinterest:1:yes"], 1u);
}

TEST_F(DispatcherTest, AReloadThatMendsTheTokenSendsAtOnce) {
    client.answer = [](const http::Request&) { return answer(401); };
    start();
    append(15);
    const auto paused = memory->status();
    client.answer = [](const http::Request&) { return answer(200); };
    dispatcher->retire([] {});
    settle_down();
    now += 1s;

    start();
    const auto at_once = delivered();
    pass(1s);

    EXPECT_EQ(paused.state, AccountStatus::State::Paused);
    EXPECT_EQ(paused.next_try, start_of_test + 45s);
    EXPECT_EQ(at_once, 10u) << "a whole batch";
    EXPECT_EQ(delivered(), 15u);
    EXPECT_EQ(logger.count(LogLevel::Info, "the pause is over; delivery works again"), 1u);
}

TEST_F(DispatcherTest, AnEventThatTheDestinationFailsAtDoesNotCloseTheAccountOnceItIsKnown) {
    client.answer = [](const http::Request& request) {
        return answer(request.body.find("poison") == std::string::npos ? 200 : 500);
    };
    start();
    append(1, "poison");
    for (int i = 0; i < 4; ++i) {
        append(3, "good");
        pass(2s);
        pass(2s);
    }
    const auto before = delivered();
    client.requests.clear();
    for (int minute = 0; minute < 10; ++minute) {
        append(3, "good");
        pass(1s);
        pass(59s);
    }

    EXPECT_EQ(before, 12u);
    EXPECT_EQ(delivered(), 42u);
    EXPECT_LE(client.requests.size(), 10u + 6u);
    EXPECT_EQ(memory->status().state, AccountStatus::State::Working);
    EXPECT_EQ(memory->status().waiting_alone, 1u);
    EXPECT_EQ(logger.count(LogLevel::Warn, "the event waits alone"), 1u + 2u);
}

TEST_F(DispatcherTest, SendsAgainAfterABrokenConnectionButNotOfflineRecords) {
    client.answer = [](const http::Request&) -> test::ScriptedClient::Reply {
        return net::Failure{net::ClientErrc::Ambiguous, "connection reset"};
    };
    limits.records = 3;
    start();
    append(3);
    client.answer = [](const http::Request&) { return answer(200); };
    pass(60s);
    client.answer = [](const http::Request&) -> test::ScriptedClient::Reply {
        return net::Failure{net::ClientErrc::Ambiguous, "connection reset"};
    };
    append(3, "offline", false);

    pass(60s);

    EXPECT_EQ(delivered(), 3u);
    EXPECT_EQ(dead(), 3u);
    EXPECT_EQ(metrics["sent:pinterest:1:ambiguous"], 2u);
    EXPECT_EQ(metrics["retried:pinterest:1:records"], 3u);
}

TEST_F(DispatcherTest, AFailureThatMeetsOthersCostsNoOfflineRecord) {
    client.answer = [](const http::Request&) { return answer(500); };
    start();
    append(9);
    append(1, "offline", false);
    client.answer = [](const http::Request&) { return answer(200); };

    pass(60s);

    EXPECT_EQ(delivered(), 10u);
    EXPECT_EQ(dead(), 0u);
}

TEST_F(DispatcherTest, ASettlementThatCannotBeWrittenIsTriedAgainAndNotSentAgain) {
    options.look_again = 1ms;
    spool.settle_failures = {spool::SpoolErrc::WriteFailed, spool::SpoolErrc::WriteFailed};
    start();
    append(10);

    run_until([this] { return delivered() == 10; });
    settle_down();

    EXPECT_EQ(client.requests.size(), 1u);
    EXPECT_EQ(logger.count(LogLevel::Error, "store failed"), 1u);
    EXPECT_EQ(logger.count(LogLevel::Info, "store works again"), 1u);
}

TEST_F(DispatcherTest, ALeaseThatFailsIsTriedAgain) {
    options.look_again = 1ms;
    spool.lease_failures = {spool::SpoolErrc::WriteFailed, spool::SpoolErrc::WriteFailed};
    start();
    append(10);

    run_until([this] { return delivered() == 10; });

    EXPECT_EQ(logger.count(LogLevel::Error, "store failed"), 1u);
}

TEST_F(DispatcherTest, EndsWhenTheSpoolIsClosed) {
    spool.lease_failures = {spool::SpoolErrc::Closed};
    start();
    append(10);
    const std::size_t leases = spool.leases;

    pass(10s);
    stop();

    EXPECT_EQ(spool.leases, leases);
    EXPECT_EQ(stopped, 1u);
}

TEST_F(DispatcherTest, ADestinationThatThrowsCostsNothing) {
    client.answer = [](const http::Request&) -> test::ScriptedClient::Reply { throw std::runtime_error("boom"); };
    start();
    append(10);
    client.answer = [](const http::Request&) { return answer(200); };

    pass(60s);

    EXPECT_EQ(delivered(), 10u);
}

TEST_F(DispatcherTest, IsWokenFromAnyThread) {
    start();
    auto work = boost::asio::make_work_guard(context);
    spool.on_append(nullptr);
    append(10);

    std::thread waker([this] {
        for (int i = 0; i < 1000; ++i) dispatcher->wake();
    });
    run_until([this] { return delivered() == 10; });
    waker.join();

    EXPECT_EQ(client.requests.size(), 1u);
}

}  // namespace
}  // namespace pinrelay::deliver
