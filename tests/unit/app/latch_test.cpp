#include "app/latch.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace pinrelay::app {
namespace {

namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;

constexpr std::chrono::hours far{1};

class LatchTest : public testing::Test {
protected:
    void wait_until(Steady::time_point deadline) {
        auto on_end = [this](const std::exception_ptr&) { resumed = true; };
        asio::co_spawn(context, latch->wait_until(deadline), std::move(on_end));
        context.poll();
        context.restart();
    }

    asio::io_context context{1};
    std::shared_ptr<Latch> latch = std::make_shared<Latch>(context);
    bool resumed = false;
};

TEST_F(LatchTest, ResumesItsCoroutineWhenItIsOpened) {
    const auto open = latch->opener();
    wait_until(Steady::now() + far);
    const bool resumed_before = resumed;

    open();
    context.poll();

    EXPECT_FALSE(resumed_before);
    EXPECT_TRUE(resumed);
}

TEST_F(LatchTest, LetsACoroutinePassThatComesLater) {
    latch->opener()();
    context.poll();
    context.restart();

    wait_until(Steady::now() + far);

    EXPECT_TRUE(resumed);
}

TEST_F(LatchTest, ResumesItsCoroutineAtTheDeadline) {
    wait_until(Steady::now() - std::chrono::seconds(1));

    context.poll();

    EXPECT_TRUE(resumed);
}

TEST_F(LatchTest, IsOpenedByNobodyAfterItsEnd) {
    const auto open = latch->opener();
    latch.reset();

    open();

    EXPECT_EQ(context.poll(), 0U);
}

}  // namespace
}  // namespace pinrelay::app
