#include "pinrelay/ingest/long_bodies.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>

#include "fixtures/gzip.hpp"
#include "fixtures/silent_logger.hpp"
#include "ingest/long_bodies/in_turn.hpp"
#include "long_work.hpp"

namespace pinrelay::ingest {
namespace {
namespace asio = boost::asio;

bool submit(
    LongBodies& long_bodies, std::function<void()> work, std::function<void()> ended = [] {}) {
    return test::submit(long_bodies, {1, 1}, 0, std::move(work), std::move(ended));
}

class LongBodiesTest : public testing::Test {
protected:
    test::SilentLogger logger;
    asio::io_context context{1};
    std::unique_ptr<LongBodies> long_bodies =
        make_long_bodies(logger, 90);  // the last: its thread posts to the context
};

TEST_F(LongBodiesTest, RunOnOneThreadOfLowPriority) {
    std::promise<std::pair<std::thread::id, int>> seen;

    submit(*long_bodies, [&] { seen.set_value({std::this_thread::get_id(), getpriority(PRIO_PROCESS, 0)}); });

    const int own = getpriority(PRIO_PROCESS, 0);
    const auto [thread, niceness] = seen.get_future().get();
    EXPECT_NE(thread, std::this_thread::get_id());
    EXPECT_EQ(niceness, std::max(own, 5));
}

TEST_F(LongBodiesTest, StopWaitsForTheOneThatRunsAndDropsTheOthers) {
    std::string did;
    test::HeldThread first(*long_bodies, [&] { did += "first ran, "; });
    submit(
        *long_bodies, [&] { did += "second ran, "; }, [&] { did += "second dropped"; });

    std::thread stopper([this] { long_bodies->stop(); });
    while (submit(*long_bodies, [] {})) std::this_thread::yield();  // until it is stopping
    first.release();
    stopper.join();

    EXPECT_EQ(did, "first ran, second dropped");
    EXPECT_FALSE(submit(*long_bodies, [] {}));
}

asio::awaitable<std::string> outcome_of(LongBodies& long_bodies, std::size_t bytes, std::function<void()> work) {
    auto waiting = in_turn(long_bodies, {1, 1}, bytes, std::move(work));
    try {
        const bool done = co_await std::move(waiting);
        co_return done ? "done" : "no room";
    } catch (const std::runtime_error& failure) {
        co_return failure.what();
    }
}

class InTurnTest : public LongBodiesTest {
protected:
    std::string outcome(std::size_t bytes, std::function<void()> work) {
        std::string result;
        asio::co_spawn(context, outcome_of(*long_bodies, bytes, std::move(work)),
                       [&result](std::exception_ptr, std::string said) { result = std::move(said); });
        context.run();
        context.restart();
        return result;
    }
};

TEST_F(InTurnTest, ResumesWhenTheWorkIsDone) {
    bool ran = false;

    EXPECT_EQ(outcome(1, [&] { ran = true; }), "done");
    EXPECT_TRUE(ran);
}

TEST_F(InTurnTest, IsFalseWhereThereIsNoRoom) {
    bool ran = false;

    EXPECT_EQ(outcome(91, [&] { ran = true; }), "no room");
    EXPECT_FALSE(ran);
}

TEST_F(InTurnTest, ThrowsWhatTheWorkThrows) {
    EXPECT_EQ(outcome(1, [] { throw std::runtime_error("this"); }), "this");
    EXPECT_EQ(outcome(1, [] {}), "done") << "the thread goes on";
}

http::Request with_body(std::string body) {
    http::Request request;
    request.body = std::move(body);
    return request;
}

// 4,095 bytes with an object at each place but every 16th.
std::string objects_but_for_each_16th() {
    std::string body(4095, '{');
    for (std::size_t at = 15; at < body.size(); at += 16) body[at] = 'x';
    return body;
}

TEST(TakesLong, WhatHasAsManyObjectsAsItCanHave) { EXPECT_TRUE(takes_long(with_body(objects_but_for_each_16th()))); }

TEST(TakesLong, WhatIsLongOrHasManyMembers) {
    EXPECT_FALSE(takes_long(with_body(std::string(4095, 'x'))));
    EXPECT_TRUE(takes_long(with_body(std::string(4096, 'x'))));
    EXPECT_FALSE(takes_long(with_body(std::string(63, '{'))));  // 65 each
    EXPECT_TRUE(takes_long(with_body(std::string(64, '{'))));
    for (const char object : {'[', '\n'}) {
        EXPECT_FALSE(takes_long(with_body(std::string(63, object))));
        EXPECT_TRUE(takes_long(with_body(std::string(64, object))));
    }
    EXPECT_TRUE(takes_long(with_body(std::string(455, '&') + "a")));
    EXPECT_FALSE(takes_long(with_body(std::string(455, ','))));  // 9 each
    EXPECT_TRUE(takes_long(with_body(std::string(456, ','))));
    EXPECT_TRUE(takes_long(with_body(std::string(4095, '['))));
}

TEST(TakesLong, NotAPurchaseOfTenItems) {
    std::string items;
    for (int i = 0; i < 10; ++i)
        items += R"({"item_id":"SKU-123456","item_name":"A shirt of blue cotton","price":39.99,"quantity":2},)";
    items.pop_back();

    EXPECT_FALSE(takes_long(with_body(R"({"event":"purchase","value":399.9,"currency":"EUR","items":[)" + items +
                                      R"(],"user_data":{"email":"a@shop.example","phone":"+14155550123"}})")));
}

TEST(TakesLong, GzipByWhatItUnpacksTo) {
    EXPECT_FALSE(takes_long(with_body(test::gzip(std::string(4095, 'x')))));
    EXPECT_TRUE(takes_long(with_body(test::gzip(std::string(4096, 'x')))));
    EXPECT_TRUE(takes_long(with_body(test::gzip(std::string(64, '{')))));
    EXPECT_FALSE(takes_long(with_body("\x1f\x8b is broken")));
}

TEST(TakesLong, TheQueryAndTheRefererCount) {
    http::Request request = with_body(std::string(2000, 'x'));
    request.query = std::string(2095, 'x');
    EXPECT_FALSE(takes_long(request));
    request.headers = {{"Referer", "/"}};
    EXPECT_TRUE(takes_long(request));
}

TEST(LongBodies, OfOneIpv6NetworkAreAGroup) {
    const auto turn = [](const char* address) { return turn_of(asio::ip::make_address(address)); };

    EXPECT_EQ(turn("2001:db8:7:1::1"), turn("2001:db8:7:1::2"));
    EXPECT_EQ(turn("2001:db8:7:1::1").group, turn("2001:db8:7:ffff::1").group);
    EXPECT_NE(turn("2001:db8:7:1::1").client, turn("2001:db8:7:2::1").client);
    EXPECT_NE(turn("2001:db8:7:1::1").group, turn("2001:db8:8:1::1").group);
    EXPECT_NE(turn("192.0.2.1").group, turn("192.0.2.2").group);
    EXPECT_EQ(turn_of(std::nullopt), Turn());
}

TEST(LongBodies, WeighWhatAShortOneMayUnpackToAtTheLeast) {
    EXPECT_EQ(weight_of(with_body("x")), 65'536U);
    EXPECT_EQ(weight_of(with_body(std::string(100'000, 'x'))), 100'000U);
}

}  // namespace
}  // namespace pinrelay::ingest
