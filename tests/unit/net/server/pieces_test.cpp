#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

#include "fixtures/raw_client.hpp"
#include "fixtures/running_server.hpp"

namespace pinrelay::net {
namespace {

using test::body_of;
using test::RawClient;
using test::RunningServer;

std::string request_for(const std::string& path, const std::string& method = "GET") {
    return method + " " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

bool is_left_alone(RunningServer& server) {
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (server->stats().connections > 0 && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
    return server->stats().connections == 0;
}

TEST(Pieces, FollowTheAnswersBodyUntilTheyEnd) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send(request_for("/pieces"));
    const std::string answer = client.receive_all();

    EXPECT_EQ(body_of(answer), "head;1;2;");
    EXPECT_EQ(answer.find("Content-Length"), std::string::npos);
    EXPECT_NE(answer.find("Connection: close"), std::string::npos);
    EXPECT_TRUE(client.closed());
}

TEST(Pieces, AreLeftOutOfTheAnswerToAHead) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send(request_for("/pieces", "HEAD"));

    EXPECT_EQ(body_of(client.receive_answer(false)), "");
}

TEST(Pieces, EndWithAnException) {
    RunningServer server;
    RawClient client(server.endpoint());

    client.send(request_for("/pieces-throw"));

    EXPECT_EQ(body_of(client.receive_all()), "head;1;");
    EXPECT_FALSE(server.logger.lines().empty());
}

TEST(Pieces, EndWithTheDrain) {
    RunningServer server;
    RawClient client(server.endpoint());
    client.send(request_for("/pieces-for-ever"));
    RawClient other(server.endpoint());
    other.send(request_for("/pieces"));
    other.receive_all();

    server->drain({});

    EXPECT_EQ(body_of(client.receive_all()), "head;1;2;");
    EXPECT_TRUE(client.closed());
}

TEST(Pieces, EndWhereTheClientHasGone) {
    RunningServer server;
    {
        RawClient client(server.endpoint());
        client.send(request_for("/pieces-for-ever"));
        RawClient other(server.endpoint());
        other.send(request_for("/pieces"));
        other.receive_all();
    }

    EXPECT_TRUE(is_left_alone(server));
}

TEST(Pieces, EndForAClientThatReadsNothing) {
    ServerLimits limits;
    limits.write_timeout = std::chrono::milliseconds(50);
    RunningServer server(limits);
    RawClient client(server.endpoint());

    client.send(request_for("/pieces-large"));
    client.receive_answer(false);  // the header, and no more

    EXPECT_TRUE(is_left_alone(server));
}

TEST(Pieces, LeaveTheWorkerToOthers) {
    RunningServer server;
    RawClient watching(server.endpoint());
    RawClient client(server.endpoint());
    watching.send(request_for("/pieces-for-ever"));

    client.send(request_for("/a"));

    EXPECT_EQ(body_of(client.receive_answer()), "GET /a|");
}

}  // namespace
}  // namespace pinrelay::net
