#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "fixtures/raw_client.hpp"
#include "fixtures/running_server.hpp"
#include "net/server/body_room.hpp"
#include "pinrelay/net/server.hpp"

namespace pinrelay::net {
namespace {

using test::body_of;
using test::count_answers;
using test::RawClient;
using test::RunningServer;
using test::status_of;

const std::string get_a = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

TEST(ServerLimits, OneClientCannotTakeAllConnections) {
    ServerLimits limits;
    limits.connections_per_client = 2;
    RunningServer server(limits);
    RawClient first(server.endpoint());
    RawClient second(server.endpoint());
    for (RawClient* client : {&first, &second}) {
        client->send(get_a);
        EXPECT_EQ(status_of(client->receive_answer()), 200);
    }

    RawClient third(server.endpoint());
    EXPECT_EQ(third.receive_all(), "");

    EXPECT_TRUE(third.closed());
    EXPECT_EQ(server->stats().refused_clients, 1u);
    EXPECT_EQ(server->stats().refused_connections, 0u);
}

TEST(ServerLimits, ATrustedProxyIsNotCountedAsAClient) {
    ServerLimits limits;
    limits.connections_per_client = 1;
    limits.trusted_proxies = http::Networks({"127.0.0.0/8"});
    RunningServer server(limits);
    RawClient first(server.endpoint());
    RawClient second(server.endpoint());

    for (RawClient* client : {&first, &second}) {
        client->send(get_a);
        EXPECT_EQ(status_of(client->receive_answer()), 200);
    }
}

TEST(ServerLimits, AClosedConnectionGivesItsClientAPlaceAgain) {
    ServerLimits limits;
    limits.connections_per_client = 1;
    RunningServer server(limits);

    for (int i = 0; i < 5; ++i) {
        RawClient client(server.endpoint());
        client.send("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        EXPECT_EQ(status_of(client.receive_all()), 200) << i;
        client.close_sending();
        while (server->stats().connections > 0) std::this_thread::yield();
    }
}

TEST(ServerLimits, AConnectionEndsAfterItsRequests) {
    ServerLimits limits;
    limits.requests_per_connection = 2;
    RunningServer server(limits);
    RawClient client(server.endpoint());

    client.send(get_a + get_a + get_a);
    const std::string answers = client.receive_all();

    EXPECT_EQ(count_answers(answers), 2u);
    EXPECT_NE(answers.find("Connection: close"), std::string::npos);
    EXPECT_TRUE(client.closed());
}

TEST(ServerLimits, ABodyThatTricklesIsCutBeforeTheWholeTimeIsUp) {
    ServerLimits limits;
    limits.slowest_body = PerSecond{1'000'000};
    limits.body_grace = std::chrono::milliseconds(20);
    RunningServer server(limits);
    RawClient client(server.endpoint());

    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nab");
    const std::string answer = client.receive_all();

    EXPECT_EQ(status_of(answer), 408);
    EXPECT_TRUE(client.closed());
}

TEST(ServerLimits, ABodyAtTheLeastRateIsTaken) {
    ServerLimits limits;
    limits.slowest_body = PerSecond{1};
    limits.body_grace = std::chrono::milliseconds(5000);
    RunningServer server(limits);
    RawClient client(server.endpoint());

    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\na");
    client.send("b");

    EXPECT_EQ(body_of(client.receive_answer()), "POST /|ab");
}

std::string post_of(std::size_t bytes) {
    return "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n" +
           std::string(bytes, 'a');
}

TEST(ServerLimits, ABodyForWhichThereIsNoRoomIsRefusedBeforeItsEnd) {
    ServerLimits limits;
    limits.unfinished_bytes_per_client = BodyRoom::block;
    RunningServer server(limits);
    RawClient client(server.endpoint());

    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n" +
                std::string(2 * BodyRoom::block, 'a'));
    const std::string answer = client.receive_all();

    EXPECT_EQ(status_of(answer), 503);
    EXPECT_NE(answer.find("Retry-After: 2"), std::string::npos);
    EXPECT_NE(answer.find("busy"), std::string::npos);
}

TEST(ServerLimits, ABodyGivesItsRoomBackWhenItIsAnswered) {
    ServerLimits limits;
    limits.unfinished_bytes = limits.unfinished_bytes_per_client = 5 * BodyRoom::block;
    RunningServer server(limits);
    RawClient client(server.endpoint());

    for (int i = 0; i < 6; ++i) {
        client.send(post_of(2 * BodyRoom::block - 100));
        EXPECT_EQ(status_of(client.receive_answer()), 200) << i;
    }
}

// The handler answers with what it got, and a few bytes more.
TEST(ServerLimits, AnAnswerForWhichThereIsNoRoomIsAShortOne) {
    ServerLimits limits;
    limits.unfinished_bytes_per_client = BodyRoom::block;
    RunningServer server(limits);
    RawClient client(server.endpoint());

    client.send(post_of(BodyRoom::block - 1));
    const std::string answer = client.receive_answer();
    client.send(post_of(10));

    EXPECT_EQ(status_of(answer), 503);
    EXPECT_EQ(body_of(client.receive_answer()), "POST /|aaaaaaaaaa");
}

TEST(ServerLimits, MoreFieldsThanAllowedAreRefused) {
    ServerLimits limits;
    limits.header_fields = 3;
    RunningServer server(limits);
    RawClient client(server.endpoint());

    client.send("GET / HTTP/1.1\r\nHost: h\r\na: 1\r\nb: 2\r\nc: 3\r\n\r\n");

    EXPECT_EQ(status_of(client.receive_all()), 431);
}

class ProxyProtocol : public testing::Test {
protected:
    static ServerLimits behind(const std::string& proxy) {
        ServerLimits limits;
        limits.proxy_protocol = true;
        limits.trusted_proxies = http::Networks({proxy});
        return limits;
    }
};

TEST_F(ProxyProtocol, TellsWhomATrustedProxySpeaksFor) {
    RunningServer server(behind("127.0.0.1"));
    RawClient client(server.endpoint());

    client.send("PROXY TCP4 203.0.113.9 192.0.2.1 40000 443\r\n" + get_a);
    EXPECT_EQ(status_of(client.receive_answer()), 200);
    client.send(get_a);
    EXPECT_EQ(status_of(client.receive_answer()), 200);

    const auto seen = server.handler.seen();
    ASSERT_EQ(seen.size(), 2u);
    EXPECT_EQ(seen[0].peer_address, "203.0.113.9");
    EXPECT_EQ(seen[1].peer_address, "203.0.113.9");
}

TEST_F(ProxyProtocol, KeepsTheProxysOwnAddressForItsHealthChecks) {
    RunningServer server(behind("127.0.0.1"));
    RawClient client(server.endpoint());

    client.send("PROXY UNKNOWN\r\n" + get_a);
    EXPECT_EQ(status_of(client.receive_answer()), 200);

    EXPECT_EQ(server.handler.seen().at(0).peer_address, "127.0.0.1");
}

TEST_F(ProxyProtocol, ClosesATrustedProxyThatSaysNothing) {
    RunningServer server(behind("127.0.0.1"));
    RawClient client(server.endpoint());

    client.send(get_a);

    EXPECT_EQ(client.receive_all(), "");
    EXPECT_TRUE(client.closed());
    EXPECT_EQ(server->stats().malformed_requests, 1u);
}

TEST_F(ProxyProtocol, IsNotBelievedFromStrangers) {
    RunningServer server(behind("192.0.2.1"));
    RawClient client(server.endpoint());

    client.send("PROXY TCP4 203.0.113.9 192.0.2.1 40000 443\r\n" + get_a);

    EXPECT_EQ(status_of(client.receive_all()), 400);
    EXPECT_TRUE(server.handler.seen().empty());
}

}  // namespace
}  // namespace pinrelay::net
