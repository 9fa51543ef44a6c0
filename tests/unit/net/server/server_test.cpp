#include "pinrelay/net/server.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <deque>
#include <string>
#include <thread>

#include "fixtures/raw_client.hpp"
#include "fixtures/running_server.hpp"
#include "fixtures/silent_logger.hpp"

namespace pinrelay::net {
namespace {

using std::chrono::milliseconds;
using test::body_of;
using test::count_answers;
using test::RawClient;
using test::RunningServer;
using test::status_of;

const std::string get = "GET /a?b=c HTTP/1.1\r\nHost: h\r\n\r\n";
const std::string last = "GET /last HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

// Waits for what another thread will make true; false after a few seconds.
template <class Condition>
bool eventually(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::yield();
    }
    return true;
}

TEST(Server, AnswersARequest) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send(get);
    const std::string answer = client.receive_answer();

    EXPECT_EQ(status_of(answer), 200);
    EXPECT_EQ(body_of(answer), "GET /a?b=c|");
    EXPECT_NE(answer.find("\r\nDate: "), std::string::npos);
}

TEST(Server, TellsTheHandlerWhoAskedAndWhen) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send(get);
    client.receive_answer();

    const auto seen = server.handler.seen();
    ASSERT_EQ(seen.size(), 1u);
    EXPECT_EQ(seen[0].peer_address, "127.0.0.1");
    EXPECT_GT(seen[0].received, Time{});
}

TEST(Server, WritesAnIpv4ClientOfADualStackSocketAsIpv4) {
    std::unique_ptr<RunningServer> server;
    try {
        server = std::make_unique<RunningServer>(ServerLimits{}, 1, "[::]:0");
    } catch (const std::runtime_error&) {
        GTEST_SKIP() << "no IPv6 here";
    }
    RawClient client({boost::asio::ip::address_v4::loopback(), server->endpoint().port()});

    client.send(get);
    client.receive_answer();

    EXPECT_EQ(server->handler.seen().at(0).peer_address, "127.0.0.1");
}

TEST(Server, KeepsAConnectionForManyRequests) {
    RunningServer server;
    RawClient client(server.endpoint());

    for (int i = 0; i < 3; ++i) {
        client.send(get);
        EXPECT_EQ(status_of(client.receive_answer()), 200);
    }

    EXPECT_EQ(server->stats().connections, 1u);
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send("POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\none" + get + last);
    const std::string answers = client.receive_all();

    EXPECT_EQ(count_answers(answers), 3u);
    EXPECT_LT(answers.find("POST /1|one"), answers.find("GET /a?b=c|"));
    EXPECT_LT(answers.find("GET /a?b=c|"), answers.find("GET /last|"));
    EXPECT_TRUE(client.closed());
}

TEST(Server, ReadsABodyInChunks) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send(
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n");

    EXPECT_EQ(body_of(client.receive_answer()), "POST /|abcde");
}

TEST(Server, ReadsABodyLargerThanItsBuffer) {
    RunningServer server;
    RawClient client(server.endpoint());
    const std::string body(500'000, 'x');

    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 500000\r\n\r\n" + body);

    EXPECT_EQ(body_of(client.receive_answer()), "POST /|" + body);
}

TEST(Server, ClosesAfterAnAnswerToHttp10UnlessAskedToKeep) {
    RunningServer server;
    RawClient plain(server.endpoint());
    RawClient keeping(server.endpoint());

    plain.send("GET / HTTP/1.0\r\n\r\n");
    keeping.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

    EXPECT_NE(plain.receive_all().find("Connection: close"), std::string::npos);
    EXPECT_TRUE(plain.closed());
    EXPECT_NE(keeping.receive_answer().find("Connection: keep-alive"), std::string::npos);
    keeping.send(last);
    EXPECT_EQ(body_of(keeping.receive_answer()), "GET /last|");
}

TEST(Server, AnswersHeadWithTheLengthButWithoutTheBody) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n" + last);
    const std::string answers = client.receive_all();

    EXPECT_NE(answers.find("Content-Length: 7\r\n"), std::string::npos);
    EXPECT_EQ(answers.find("HEAD /|"), std::string::npos);
    EXPECT_NE(answers.find("GET /last|"), std::string::npos);
}

TEST(Server, AnswersANoContentWithoutALength) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send("GET /empty HTTP/1.1\r\nHost: h\r\n\r\n");
    const std::string answer = client.receive_answer();

    EXPECT_EQ(status_of(answer), 204);
    EXPECT_EQ(answer.find("Content-Length"), std::string::npos);
}

TEST(Server, InvitesTheBodyOfAClientThatWaits) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    const std::string invitation = client.receive_answer();
    client.send("ab");

    EXPECT_EQ(invitation, "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(body_of(client.receive_answer()), "POST /|ab");
}

TEST(Server, RefusesByTheHeaderBeforeTheBodyIsSent) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send("POST /refused HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n");
    const std::string answer = client.receive_all();

    EXPECT_EQ(status_of(answer), 403);
    EXPECT_EQ(count_answers(answer), 1u);
    EXPECT_TRUE(client.closed());
    EXPECT_TRUE(server.handler.seen().empty());
}

TEST(Server, LetsAClientThatIsStillSendingReadTheRefusal) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000000\r\n\r\n" + std::string(300'000, 'x'));

    EXPECT_EQ(status_of(client.receive_all()), 413);
}

TEST(Server, AnswersAHandlerThatThrowsWith500AndGoesOn) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send("GET /throw HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(status_of(client.receive_answer()), 500);
    EXPECT_EQ(server.logger.count(LogLevel::Error), 1u);
    client.send("GET /refuse-throw HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(status_of(client.receive_answer()), 500);

    RawClient next(server.endpoint());
    next.send(get);
    EXPECT_EQ(status_of(next.receive_answer()), 200);
}

TEST(Server, DealsConnectionsToAllWorkers) {
    RunningServer server({}, 3);

    for (int i = 0; i < 6; ++i) {
        RawClient client(server.endpoint());
        client.send(get);
        EXPECT_EQ(status_of(client.receive_answer()), 200);
    }
}

TEST(Server, TakesAllConnectionsThatCameWhileItWasBusy) {
    test::EchoHandler handler;
    test::SilentLogger logger;
    boost::asio::io_context context{1};
    ServerLimits limits;
    limits.connections = 150;
    const Clock clock = [] { return Time(); };
    const auto server = listen("127.0.0.1:0", {&context}, handler, limits, clock, logger);
    std::deque<RawClient> clients;
    for (int i = 0; i < 200; ++i) clients.emplace_back(server->endpoint()).send(get);

    while (server->stats().connections < 150 || server->stats().refused_connections < 50)
        ASSERT_GT(context.run_one(), 0U);
    while (handler.seen().size() < 150) ASSERT_GT(context.run_one(), 0U);

    EXPECT_EQ(server->stats().connections, 150U);
    EXPECT_EQ(server->stats().refused_connections, 50U);
}

TEST(Server, ClosesAConnectionOverTheLimitAndCountsIt) {
    ServerLimits limits;
    limits.connections = 1;
    RunningServer server(limits);
    RawClient first(server.endpoint());
    first.send(get);
    first.receive_answer();

    RawClient second(server.endpoint());
    EXPECT_EQ(second.receive_all(), "");

    EXPECT_TRUE(second.closed());
    EXPECT_EQ(server->stats().refused_connections, 1u);
    first.send(get);
    EXPECT_EQ(status_of(first.receive_answer()), 200);
}

TEST(Server, GivesThePlaceOfAClosedConnectionToTheNext) {
    ServerLimits limits;
    limits.connections = 1;
    RunningServer server(limits);

    for (int i = 0; i < 3; ++i) {
        RawClient client(server.endpoint());
        client.send(last);
        EXPECT_EQ(status_of(client.receive_all()), 200);
        client.close_sending();
        EXPECT_TRUE(eventually([&] { return server->stats().connections == 0; }));
    }
}

// Leaves this process no descriptor to open while it lives.
class NoDescriptorLeft {
public:
    explicit NoDescriptorLeft(int last_one) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit none_left = before_;
        none_left.rlim_cur = static_cast<rlim_t>(last_one) + 1;
        ::setrlimit(RLIMIT_NOFILE, &none_left);
    }
    ~NoDescriptorLeft() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

TEST(Server, GoesOnAcceptingAfterItRanOutOfDescriptors) {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP()
        << "the sanitizers' check of an object's type opens a pipe, which needs the descriptors taken away here";
#endif
    RunningServer server;
    boost::asio::io_context context;
    boost::asio::ip::tcp::socket waiting(context, boost::asio::ip::tcp::v4());
    {
        const NoDescriptorLeft shortage(waiting.native_handle());
        waiting.connect(server.endpoint());
        EXPECT_TRUE(eventually([&] { return server.logger.count(LogLevel::Warn) > 0; }));
    }

    boost::asio::write(waiting, boost::asio::buffer(get));
    std::string answer(8, ' ');
    boost::asio::read(waiting, boost::asio::buffer(answer));

    EXPECT_EQ(answer, "HTTP/1.1");
    EXPECT_EQ(server.logger.count(LogLevel::Warn), 1u);
}

TEST(Server, TellsASlowHeaderThatItWasTooSlow) {
    ServerLimits limits;
    limits.header_timeout = milliseconds(50);
    RunningServer server(limits);
    RawClient client(server.endpoint());

    client.send("GET / HTTP/1.1\r\nHo");

    EXPECT_EQ(status_of(client.receive_all()), 408);
    EXPECT_TRUE(client.closed());
    EXPECT_EQ(server->stats().malformed_requests, 1u);
}

TEST(Server, ClosesAConnectionThatNeverSaysAnything) {
    ServerLimits limits;
    limits.header_timeout = milliseconds(50);
    RunningServer server(limits);
    RawClient client(server.endpoint());

    EXPECT_EQ(client.receive_all(), "");
    EXPECT_TRUE(client.closed());
}

TEST(Server, GivesABodyNoMoreTimeForComingInDrips) {
    ServerLimits limits;
    limits.request_timeout = milliseconds(50);
    RunningServer server(limits);
    RawClient client(server.endpoint());

    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n");
    while (!server->stats().malformed_requests) client.send("x");

    EXPECT_EQ(status_of(client.receive_all()), 408);
}

TEST(Server, ClosesAnIdleConnection) {
    ServerLimits limits;
    limits.idle_timeout = milliseconds(50);
    RunningServer server(limits);
    RawClient client(server.endpoint());

    client.send(get);

    EXPECT_EQ(count_answers(client.receive_all()), 1u);
    EXPECT_TRUE(client.closed());
}

TEST(Server, GivesUpOnAClientThatDoesNotReadItsAnswers) {
    ServerLimits limits;
    limits.write_timeout = milliseconds(50);
    RunningServer server(limits);
    RawClient client(server.endpoint());
    const std::string request =
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n" + std::string(1'000'000, 'x');

    while (client.send(request)) {
    }

    EXPECT_TRUE(eventually([&] { return server->stats().connections == 0; }));
}

TEST(Server, DrainClosesIdleConnectionsAndStopsAccepting) {
    RunningServer server;
    const auto endpoint = server.endpoint();
    RawClient client(endpoint);
    client.send(get);
    client.receive_answer();

    server->drain({});

    EXPECT_EQ(client.receive_all(), "");
    EXPECT_TRUE(client.closed());
    EXPECT_TRUE(eventually([&] { return server->stats().connections == 0; }));
    EXPECT_THROW(RawClient{endpoint}, boost::system::system_error);
}

TEST(Server, DrainLetsARequestFinishAndThenCloses) {
    RunningServer server;
    RawClient client(server.endpoint());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    client.receive_answer();

    server->drain({});
    client.send("ab");
    const std::string answer = client.receive_all();

    EXPECT_EQ(status_of(answer), 200);
    EXPECT_NE(answer.find("Connection: close"), std::string::npos);
    EXPECT_TRUE(client.closed());
}

TEST(Server, DrainTellsOnceWhenTheLastConnectionIsGone) {
    std::atomic<int> told = 0;
    RunningServer server;
    {
        RawClient client(server.endpoint());
        client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        client.receive_answer();

        server->drain([&told] { ++told; });
        EXPECT_EQ(told, 0) << "a request is in flight";
        client.send("ab");
        client.receive_all();
    }

    EXPECT_TRUE(eventually([&] { return told == 1; }));
    server->drain({});
    EXPECT_EQ(told, 1);
}

TEST(Server, DrainTellsAtOnceWhereNoConnectionIsLeft) {
    int told = 0;
    RunningServer server;

    server->drain([&told] { ++told; });

    EXPECT_EQ(told, 1);
}

TEST(Server, SaysWhyItCannotListen) {
    RunningServer taken;
    boost::asio::io_context context;
    test::EchoHandler handler;
    test::SilentLogger logger;
    const std::string address = "127.0.0.1:" + std::to_string(taken.endpoint().port());
    const Clock no_clock = [] { return Time{}; };

    for (const std::string& wrong : {address, std::string("nowhere")}) {
        try {
            listen(wrong, {&context}, handler, {}, no_clock, logger);
            FAIL() << wrong;
        } catch (const std::runtime_error& failure) {
            EXPECT_NE(std::string(failure.what()).find(wrong), std::string::npos);
        }
    }
}

}  // namespace
}  // namespace pinrelay::net
