#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

#include "fixtures/raw_client.hpp"
#include "fixtures/running_server.hpp"
#include "fixtures/test_certificates.hpp"
#include "fixtures/tls_client.hpp"
#include "pinrelay/net/server.hpp"

namespace pinrelay::net {
namespace {

using std::chrono::milliseconds;
using test::body_of;
using test::count_answers;
using test::RawClient;
using test::RunningServer;
using test::status_of;
using test::TlsClient;
using test::TlsWish;

const std::string secure_get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
const std::string last_secure = "GET /last HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

std::shared_ptr<const TlsIdentity> load(const test::Identity& identity) {
    const test::TemporaryFile certificate(identity.certificate);
    const test::TemporaryFile key(identity.key);
    return TlsIdentity::load(certificate.path(), key.path());
}

class TlsServer : public testing::Test {
protected:
    test::TestAuthority authority_;
    test::Identity identity_ = authority_.issue({"DNS:localhost"});
    ServerLimits limits_ = inside_tls();

    ServerLimits inside_tls() const {
        ServerLimits limits;
        limits.tls = load(identity_);
        return limits;
    }

    // Waits for the handshake that another thread will count.
    static bool ends_as(RunningServer& server, Handshake outcome) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        while (server->stats().handshakes[index_of(outcome)] == 0) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::this_thread::yield();
        }
        return true;
    }
};

TEST_F(TlsServer, AnswersInsideTls13WithTheCertificateOfTheFile) {
    RunningServer server(limits_);
    TlsClient client(server.endpoint());

    client.send(secure_get);
    const std::string answer = client.receive_answer();

    EXPECT_EQ(body_of(answer), "GET /a|");
    EXPECT_EQ(client.version(), "TLSv1.3");
    EXPECT_EQ(client.certificate(), identity_.certificate);
    EXPECT_EQ(server.handler.seen().at(0).peer_address, "127.0.0.1");
    EXPECT_TRUE(ends_as(server, Handshake::Done));
}

TEST_F(TlsServer, SpeaksTls12) {
    RunningServer server(limits_);
    TlsClient client(server.endpoint(), {.newest = TLS1_2_VERSION});

    client.send(secure_get);

    EXPECT_EQ(status_of(client.receive_answer()), 200);
    EXPECT_EQ(client.version(), "TLSv1.2");
}

TEST_F(TlsServer, RefusesWhatIsOlder) {
    RunningServer server(limits_);

    const TlsClient client(server.endpoint(), {.newest = TLS1_1_VERSION});

    EXPECT_FALSE(client.shook_hands());
    EXPECT_TRUE(ends_as(server, Handshake::Unsupported));
}

TEST_F(TlsServer, AgreesOnHttp11AndOnNothingElse) {
    RunningServer server(limits_);

    const TlsClient both(server.endpoint(), {.protocols = "\x02h2\x08http/1.1"});
    const TlsClient newer_only(server.endpoint(), {.protocols = "\x02h2"});

    EXPECT_EQ(both.protocol(), "http/1.1");
    EXPECT_FALSE(newer_only.shook_hands());
    EXPECT_TRUE(ends_as(server, Handshake::Unsupported));
}

TEST_F(TlsServer, ClosesAConnectionThatSpeaksPlainHttp) {
    RunningServer server(limits_);
    RawClient client(server.endpoint());

    client.send(secure_get);

    EXPECT_EQ(status_of(client.receive_all()), 0);
    EXPECT_TRUE(client.closed());
    EXPECT_TRUE(ends_as(server, Handshake::NotTls));
    EXPECT_TRUE(server.handler.seen().empty());
}

TEST_F(TlsServer, ClosesAConnectionThatMayNotShakeHandsBeforeAnyWork) {
    RunningServer server(limits_);
    server.handler.handshakes_left = 1;

    TlsClient admitted(server.endpoint());
    RawClient refused(server.endpoint());

    EXPECT_TRUE(admitted.shook_hands());
    EXPECT_EQ(refused.receive_all(), "") << "not an alert";
    EXPECT_TRUE(refused.closed());
    EXPECT_TRUE(ends_as(server, Handshake::TooMany));
}

TEST_F(TlsServer, CutsAHandshakeThatTakesTooLong) {
    limits_.header_timeout = milliseconds(50);
    RunningServer server(limits_);
    for (const std::string& begun : {std::string(), std::string("\x16\x03\x01\x02\x00\x01", 6)}) {
        RawClient client(server.endpoint());

        client.send(begun);

        EXPECT_EQ(client.receive_all(), "");
        EXPECT_TRUE(client.closed());
        EXPECT_TRUE(ends_as(server, Handshake::TimedOut));
    }
}

TEST_F(TlsServer, CountsClientsThatRefuseItsCertificateOrGo) {
    RunningServer server(limits_);

    const TlsClient strict(server.endpoint(), {.verify = true});
    { const RawClient gone(server.endpoint()); }

    EXPECT_FALSE(strict.shook_hands());
    EXPECT_TRUE(ends_as(server, Handshake::CertificateRefused));
    EXPECT_TRUE(ends_as(server, Handshake::Closed));
}

TEST_F(TlsServer, AnswersPipelinedRequestsInOrderAndSaysWhenItIsDone) {
    RunningServer server(limits_);
    TlsClient client(server.endpoint());

    client.send("POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\none" + secure_get + last_secure);
    const std::string answers = client.receive_all();

    EXPECT_EQ(count_answers(answers), 3u);
    EXPECT_LT(answers.find("POST /1|one"), answers.find("GET /a|"));
    EXPECT_LT(answers.find("GET /a|"), answers.find("GET /last|"));
    EXPECT_TRUE(client.told_the_end());
}

TEST_F(TlsServer, TakesAndAnswersBodiesOfManyRecords) {
    RunningServer server(limits_);
    TlsClient client(server.endpoint());
    const std::string body(500'000, 'x');

    for (int i = 0; i < 2; ++i) {
        client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 500000\r\n\r\n" + body);
        EXPECT_EQ(body_of(client.receive_answer()), "POST /|" + body);
    }
}

TEST_F(TlsServer, InvitesTheBodyOfAClientThatWaits) {
    RunningServer server(limits_);
    TlsClient client(server.endpoint());

    client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    const std::string invitation = client.receive_answer();
    client.send("ab");

    EXPECT_EQ(invitation, "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(body_of(client.receive_answer()), "POST /|ab");
}

TEST_F(TlsServer, LetsAClientThatIsStillSendingReadTheRefusal) {
    RunningServer server(limits_);
    TlsClient client(server.endpoint());

    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000000\r\n\r\n" + std::string(300'000, 'x'));

    EXPECT_EQ(status_of(client.receive_all()), 413);
    EXPECT_TRUE(client.told_the_end());
}

TEST_F(TlsServer, TellsASlowHeaderThatItWasTooSlow) {
    limits_.header_timeout = milliseconds(1000);
    RunningServer server(limits_);
    TlsClient client(server.endpoint());

    client.send("GET / HTTP/1.1\r\nHo");

    EXPECT_EQ(status_of(client.receive_all()), 408);
    EXPECT_TRUE(client.told_the_end());
}

TEST_F(TlsServer, GivesUpOnAClientThatDoesNotReadItsAnswers) {
    limits_.write_timeout = milliseconds(50);
    RunningServer server(limits_);
    TlsClient client(server.endpoint());
    const std::string request =
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n" + std::string(1'000'000, 'x');

    while (client.send(request)) {
    }

    EXPECT_GT(server.handler.seen().size(), 0u);
}

TEST_F(TlsServer, ClosesAnIdleConnectionAndSaysSo) {
    limits_.idle_timeout = milliseconds(50);
    RunningServer server(limits_);
    TlsClient client(server.endpoint());

    client.send(secure_get);

    EXPECT_EQ(count_answers(client.receive_all()), 1u);
    EXPECT_TRUE(client.told_the_end());
}

TEST_F(TlsServer, DrainClosesIdleConnectionsAndCutsHandshakes) {
    RunningServer server(limits_);
    TlsClient idle(server.endpoint());
    idle.send(secure_get);
    idle.receive_answer();
    RawClient silent(server.endpoint());
    while (server->stats().connections < 2) std::this_thread::yield();

    server->drain({});

    EXPECT_EQ(idle.receive_all(), "");
    EXPECT_TRUE(idle.told_the_end());
    EXPECT_EQ(silent.receive_all(), "");
    EXPECT_TRUE(silent.closed());
    EXPECT_EQ(server->stats().handshakes[index_of(Handshake::TimedOut)], 0u);
}

TEST_F(TlsServer, ShowsANewCertificateToNewConnectionsAndKeepsTheOthers) {
    RunningServer server(limits_);
    TlsClient before(server.endpoint());
    before.send(secure_get);
    before.receive_answer();
    const auto renewed = authority_.issue({"DNS:localhost"});
    limits_.tls = load(renewed);

    server->set_limits(limits_);
    TlsClient after(server.endpoint());
    after.send(secure_get);
    before.send(last_secure);

    EXPECT_EQ(after.certificate(), renewed.certificate);
    EXPECT_EQ(status_of(after.receive_answer()), 200);
    EXPECT_EQ(body_of(before.receive_all()), "GET /last|");
    EXPECT_TRUE(before.told_the_end());
    EXPECT_EQ(server->stats().certificate_expires, limits_.tls->expires());
}

TEST_F(TlsServer, TakesTlsUpAndDownForNewConnections) {
    RunningServer server;

    server->set_limits(limits_);
    TlsClient inside(server.endpoint());
    inside.send(secure_get);
    server->set_limits({});
    RawClient plain(server.endpoint());
    plain.send(secure_get);

    EXPECT_EQ(status_of(inside.receive_answer()), 200);
    EXPECT_EQ(status_of(plain.receive_answer()), 200);
    EXPECT_FALSE(server->stats().certificate_expires);
}

TEST_F(TlsServer, ReadsTheProxyHeaderInFrontOfTheHandshake) {
    limits_.proxy_protocol = true;
    limits_.trusted_proxies = http::Networks({"127.0.0.1"});
    RunningServer server(limits_);
    TlsClient client(server.endpoint(), {.before = "PROXY TCP4 203.0.113.9 192.0.2.1 40000 443\r\n"});

    client.send(secure_get);
    client.receive_answer();

    ASSERT_EQ(server.handler.seen().size(), 1u);
    EXPECT_EQ(server.handler.seen().at(0).peer_address, "203.0.113.9");
}

}  // namespace
}  // namespace pinrelay::net
