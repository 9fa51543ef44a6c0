#include "app/live_configuration.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace pinrelay::app {
namespace {
namespace asio = boost::asio;

// Answers with its status, behind all that is ready.
class LateHandler final : public net::Handler {
public:
    explicit LateHandler(int status) : status_(status) {}

    std::optional<http::Response> refuse(const http::Request&, net::Notes&) const override { return std::nullopt; }
    void refused_by_connection(const http::Refusal&) const noexcept override {}
    asio::awaitable<http::Response> handle(http::Request&, net::Notes&) override {
        const auto executor = co_await asio::this_coro::executor;
        auto later = asio::post(executor, asio::use_awaitable);
        co_await std::move(later);
        co_return http::Response{status_, {}, {}};
    }

private:
    int status_;
};

std::shared_ptr<const LiveConfiguration> live_with(int status) {
    auto live = std::make_shared<LiveConfiguration>();
    live->handler = std::make_unique<LateHandler>(status);
    return live;
}

TEST(LiveConfiguration, OfARequestThatWaitsStaysUntilItIsAnswered) {
    asio::io_context context{1};
    auto former = live_with(201);
    const std::weak_ptr<const LiveConfiguration> seen = former;
    ReloadableHandler handler(std::move(former));
    int status = 0;
    http::Request request;
    net::Notes notes;
    handler.refuse(request, notes);
    handler.replace(live_with(202));
    asio::co_spawn(context, handler.handle(request, notes),
                   [&](std::exception_ptr, http::Response answer) { status = answer.status; });
    context.poll_one();  // it has begun, and waits

    handler.replace(live_with(203));
    EXPECT_FALSE(seen.expired());
    context.run();

    EXPECT_EQ(status, 201);
    notes.reset();
    EXPECT_TRUE(seen.expired());
}

}  // namespace
}  // namespace pinrelay::app
