#include "net/server/client_turns.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <memory>
#include <string>

namespace pinrelay::net {
namespace {
namespace asio = boost::asio;

// More than is done between two looks at the sockets.
constexpr std::chrono::milliseconds long_work{1};
// So much that a client has used the worker more than one that comes for the first time.
constexpr std::chrono::milliseconds much_work{40};

void work(std::chrono::milliseconds duration) {
    const auto end = std::chrono::steady_clock::now() + duration;
    while (std::chrono::steady_clock::now() < end) {
    }
}

asio::awaitable<void> ask(asio::io_context& context, http::ClientKey client, std::string name, std::string& order,
                          std::chrono::milliseconds duration) {
    auto turn = next_turn(client_turns(context), client);
    co_await std::move(turn);
    order += name + ' ';
    work(duration);
}

void begin(asio::io_context& context, http::ClientKey client, std::string name, std::string& order,
           std::chrono::milliseconds duration = {}) {
    asio::co_spawn(context, ask(context, client, std::move(name), order, duration), asio::detached);
}

TEST(ClientTurns, OfOneWhoComesLaterAreNotBehindAllThatWait) {
    asio::io_context context{1};
    std::string order;
    for (int i = 1; i <= 6; ++i) begin(context, 1, "a" + std::to_string(i), order, long_work);
    begin(context, 2, "b1", order);

    context.run();

    EXPECT_LT(order.find("b1"), order.find("a4"));
    EXPECT_EQ(order.size(), std::string("a1 a2 a3 a4 a5 a6 b1 ").size());
}

TEST(ClientTurns, OfOneWhoUsedLittleComeFirst) {
    asio::io_context context{1};
    std::string order;
    begin(context, 1, "a1", order, long_work);  // at once
    begin(context, 1, "a2", order, much_work);
    for (int i = 3; i <= 4; ++i) begin(context, 1, "a" + std::to_string(i), order);
    for (int i = 1; i <= 2; ++i) begin(context, 2, "b" + std::to_string(i), order);

    context.run();

    EXPECT_EQ(order, "a1 a2 b1 b2 a3 a4 ");
}

TEST(ClientTurns, EndForALookAtTheSockets) {
    asio::io_context context{1};
    std::string order;
    for (int i = 1; i <= 6; ++i) begin(context, 1, "a" + std::to_string(i), order, long_work);
    begin(context, 1, "a7", order, long_work);
    asio::post(context, [&] { asio::post(context, [&] { order += "look "; }); });

    context.run();

    EXPECT_LT(order.find("look"), order.find("a3"));
}

TEST(ClientTurns, AreThereAgainAfterALook) {
    asio::io_context context{1};
    std::string order;
    for (const char* name : {"1", "2", "3"}) {
        begin(context, 1, name, order);
        context.run();
        context.restart();
    }

    EXPECT_EQ(order, "1 2 3 ");
}

TEST(ClientTurns, ThatNeverComeAreDroppedWithTheContext) {
    const auto seen = std::make_shared<std::string>();
    {
        asio::io_context context{1};
        for (int i = 0; i < 5; ++i)
            asio::co_spawn(
                context,
                [](asio::io_context& own, std::shared_ptr<std::string> order) -> asio::awaitable<void> {
                    auto turn = next_turn(client_turns(own), 1);
                    co_await std::move(turn);
                    *order += 'x';
                    work(long_work);
                }(context, seen),
                asio::detached);
        for (int i = 0; i < 5; ++i) context.poll_one();  // the first has begun, others wait
    }

    EXPECT_EQ(seen.use_count(), 1) << "nothing holds what waited";
    EXPECT_LT(seen->size(), 5U);
}

}  // namespace
}  // namespace pinrelay::net
