#include "net/server/long_turns.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <string>

namespace pinrelay::net {
namespace {
namespace asio = boost::asio;

// Takes long, once, and meanwhile something else comes.
asio::awaitable<void> take_long(LongTurns& turns, asio::io_context& context, std::string& order) {
    co_await turns.next();
    order += 'L';
    asio::post(context, [&order] { order += 's'; });
}

TEST(LongTurns, WhatComesMeanwhileGoesBeforeTheNext) {
    asio::io_context context{1};
    LongTurns turns(context);
    std::string order;
    for (int i = 0; i < 4; ++i) asio::co_spawn(context, take_long(turns, context, order), asio::detached);

    context.run();

    EXPECT_EQ(order, "LsLsLsLs");
}

TEST(LongTurns, WhatIsReadyGoesFirst) {
    asio::io_context context{1};
    LongTurns turns(context);
    std::string order;
    asio::co_spawn(context, take_long(turns, context, order), asio::detached);
    asio::post(context, [&order] { order += 'r'; });

    context.run();

    EXPECT_EQ(order, "rLs");
}

TEST(LongTurns, AreForLongBodiesAndForThoseThatMayUnpackToSuch) {
    http::Request request;
    request.body = std::string(1000, 'a');
    EXPECT_FALSE(may_take_long(request));

    request.body = std::string(20'000, 'a');
    EXPECT_TRUE(may_take_long(request));

    request.body = "\x1f\x8b\x08";
    EXPECT_TRUE(may_take_long(request));
}

}  // namespace
}  // namespace pinrelay::net
