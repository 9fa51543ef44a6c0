#include <gtest/gtest.h>

#include <optional>

#include "collect_handler_fixture.hpp"
#include "fixtures/gzip.hpp"
#include "long_bodies/long_work.hpp"

namespace pinrelay::ingest {
namespace {

class CollectLongBodies : public CollectHandlerTest {
protected:
    // There is room for four short ones, of which one client may have two.
    CollectLongBodies() {
        long_bodies = make_long_bodies(logger, std::size_t{256} * 1024);
        configure({});
        thread.emplace(*long_bodies);
    }

    static std::string event(const std::string& id, std::size_t padding = 0) {
        return R"({"event":"purchase","event_id":")" + id + R"(","x":")" + std::string(padding, 'x') + "\"}";
    }
    static http::Request long_one(const std::string& id, std::string client = "203.0.113.7") {
        http::Request request = post(event(id, 50'000));
        request.peer_address = std::move(client);
        return request;
    }

    std::string stored() const {
        std::string ids;
        for (const model::Record& record : spool.records) ids += record.event_id + ' ';
        return ids;
    }

    std::optional<test::HeldThread> thread;
    std::optional<http::Response> first;
    std::optional<http::Response> second;
    std::optional<http::Response> third;
};

TEST_F(CollectLongBodies, WaitWhileAShortOneIsAnswered) {
    begin(long_one("long"), first);
    begin(post(event("short")), second);
    context.poll();

    ASSERT_TRUE(second);
    EXPECT_EQ(second->status, 204);
    EXPECT_FALSE(first);
    EXPECT_EQ(stored(), "short ");

    thread->release();
    context.run();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->status, 204);
    EXPECT_EQ(stored(), "short long ");
}

TEST_F(CollectLongBodies, OfGzipWaitAsWell) {
    begin(post(test::gzip(event("long", 50'000))), first);
    begin(post(test::gzip(event("short"))), second);
    context.poll();

    EXPECT_FALSE(first);
    EXPECT_TRUE(second);

    thread->release();
    context.run();
    EXPECT_EQ(first->status, 204);
}

TEST_F(CollectLongBodies, OfOneClientLetAnotherGoBetween) {
    begin(long_one("a1", "203.0.113.1"), first);
    begin(long_one("a2", "203.0.113.1"), second);
    begin(long_one("b1", "203.0.113.2"), third);
    context.poll();

    thread->release();
    context.run();

    EXPECT_EQ(stored(), "a1 b1 a2 ");
    EXPECT_EQ(first->status, 204);
    EXPECT_EQ(second->status, 204);
    EXPECT_EQ(third->status, 204);
}

TEST_F(CollectLongBodies, BeyondWhatMayWaitAreA503AndTryAgain) {
    begin(long_one("a1", "203.0.113.1"), first);
    begin(long_one("a2", "203.0.113.1"), second);
    begin(long_one("a3", "203.0.113.1"), third);
    context.poll();

    ASSERT_TRUE(third);
    EXPECT_EQ(third->status, 503);
    EXPECT_NE(third->body.find("busy"), std::string::npos) << third->body;
    EXPECT_NE(third->header("Retry-After"), nullptr);
    EXPECT_EQ(metrics["rejected:busy"], 1U);

    begin(long_one("b1", "203.0.113.2"), third);
    context.poll();
    thread->release();
    context.run();
    EXPECT_EQ(stored(), "a1 b1 a2 ") << "another client finds room";
}

TEST_F(CollectLongBodies, ThatStillWaitAtTheEndAreDroppedUnanswered) {
    begin(long_one("long"), first);
    context.poll();

    thread->release();
    long_bodies->stop();  // with the context not run: what waits resumes never, or is dropped there

    EXPECT_FALSE(first);
    EXPECT_EQ(stored(), "");
}

TEST_F(CollectLongBodies, AreExplainedOnThatThreadToo) {
    CollectSettings settings;
    settings.debug = DebugAnswers::Everybody;
    configure(settings);
    begin(post(event("long", 50'000), "/collect", "debug=1"), first);
    context.poll();
    EXPECT_FALSE(first);

    thread->release();
    context.run();

    ASSERT_TRUE(first);
    EXPECT_EQ(first->status, 200);
    EXPECT_EQ(stored(), "");
}

TEST_F(CollectLongBodies, ThatUnpackTooFarAreA413) {
    thread->release();

    EXPECT_EQ(send(post(test::gzip(event("far", 500'000)))).status, 413);
    EXPECT_EQ(metrics["rejected:unpacks_too_far"], 1U);
}

TEST_F(CollectLongBodies, OfManyEventsBesideALongHeaderAreA431) {
    thread->release();
    std::string events = "[" + event("1");
    for (int i = 2; i <= 1000; ++i) events += ',' + event(std::to_string(i));
    http::Request request = post(events + "]");
    request.headers.emplace_back("Cookie", std::string(800, 'a'));

    const auto response = send(request);

    EXPECT_EQ(response.status, 431);
    EXPECT_EQ(metrics["rejected:header_times_events"], 1U);
    EXPECT_EQ(stored(), "");
}

}  // namespace
}  // namespace pinrelay::ingest
