#include <gtest/gtest.h>

#include <future>
#include <latch>

#include "collect_handler_fixture.hpp"
#include "fixtures/gzip.hpp"

namespace pinrelay::ingest {
namespace {

// The work that goes before all others, until the test lets it end.
class Blocker {
public:
    explicit Blocker(LongBodies& long_bodies) {
        std::unique_ptr<LongBodies::Work> work = std::make_unique<Waiting>(begun_, may_end_.get_future());
        EXPECT_TRUE(long_bodies.submit({99, 99}, 1, work));
        begun_.wait();
    }
    ~Blocker() { release(); }
    Blocker(const Blocker&) = delete;
    Blocker& operator=(const Blocker&) = delete;

    void release() {
        if (!std::exchange(released_, true)) may_end_.set_value();
    }

private:
    class Waiting final : public LongBodies::Work {
    public:
        Waiting(std::latch& begun, std::future<void> end) : begun_(begun), end_(std::move(end)) {}
        void run() noexcept override {
            begun_.count_down();
            end_.wait();
        }

    private:
        std::latch& begun_;
        std::future<void> end_;
    };

    std::latch begun_{1};
    std::promise<void> may_end_;
    bool released_ = false;
};

class CollectLongBodies : public CollectHandlerTest {
protected:
    // There is room for four short ones, of which one client may have two.
    CollectLongBodies() {
        long_bodies = make_long_bodies(logger, std::size_t{256} * 1024);
        configure({});
        blocker.emplace(*long_bodies);
    }
    ~CollectLongBodies() override { blocker.reset(); }

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

    std::optional<Blocker> blocker;
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

    blocker->release();
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

    blocker->release();
    context.run();
    EXPECT_EQ(first->status, 204);
}

TEST_F(CollectLongBodies, OfOneClientLetAnotherGoBetween) {
    begin(long_one("a1", "203.0.113.1"), first);
    begin(long_one("a2", "203.0.113.1"), second);
    begin(long_one("b1", "203.0.113.2"), third);
    context.poll();

    blocker->release();
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
    blocker->release();
    context.run();
    EXPECT_EQ(stored(), "a1 b1 a2 ") << "another client finds room";
}

TEST_F(CollectLongBodies, ThatStillWaitAtTheEndAreDroppedUnanswered) {
    begin(long_one("long"), first);
    context.poll();

    blocker->release();
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

    blocker->release();
    context.run();

    ASSERT_TRUE(first);
    EXPECT_EQ(first->status, 200);
    EXPECT_EQ(stored(), "");
}

TEST_F(CollectLongBodies, ThatUnpackTooFarAreA413) {
    blocker->release();

    EXPECT_EQ(send(post(test::gzip(event("far", 500'000)))).status, 413);
    EXPECT_EQ(metrics["rejected:unpacks_too_far"], 1U);
}

TEST_F(CollectLongBodies, OfManyEventsBesideALongHeaderAreA431) {
    blocker->release();
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
