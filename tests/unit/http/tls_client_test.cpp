#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "pinrelay/http/client.hpp"
#include "support/scripted_peer.hpp"
#include "support/test_certificates.hpp"

namespace pinrelay::http {
namespace {

using std::chrono::milliseconds;
using test::PeerConnection;
using test::PeerOptions;
using test::ScriptedPeer;
using Answer = boost::system::result<Response, Failure>;

const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
const std::string local_names = "DNS:localhost,IP:127.0.0.1";

void answer_all(PeerConnection& connection) {
    while (!connection.read_request().empty()) connection.write(ok);
}

void answer_one(PeerConnection& connection) {
    if (!connection.read_request().empty()) connection.write(ok);
}

// A client and the loop it runs on. The authority is the one it trusts.
class TlsClientTest : public ::testing::Test {
protected:
    PeerOptions identity(const std::string& names = local_names, bool expired = false) const {
        return {authority_.issue({names, expired}), 0};
    }

    std::unique_ptr<Client> make_client(const std::string& origin) {
        ClientOptions options = options_;
        options.origin = origin;
        options.ca_file = ca_file_.path();
        return make_tls_client(context_, options);
    }

    Answer send(Client& client) {
        std::optional<Answer> answer;
        Request request;
        request.method = "POST";
        request.path = "/events";
        request.headers = {{"Authorization", "Bearer hush"}};
        request.body = "{}";
        boost::asio::co_spawn(context_, client.send(std::move(request)),
                              [&answer](const std::exception_ptr&, Answer result) { answer = std::move(result); });
        context_.restart();
        context_.run();
        return *answer;
    }

    Failure send_failing(const std::string& origin) {
        const auto client = make_client(origin);
        const Answer answer = send(*client);
        return answer.has_error() ? answer.error() : Failure{ClientErrc{}, "it was answered"};
    }

    test::TestAuthority authority_;
    test::TemporaryFile ca_file_{authority_.certificate()};
    ClientOptions options_;
    boost::asio::io_context context_;
};

TEST_F(TlsClientTest, SendsARequestToAPeerItTrusts) {
    std::promise<std::string> received;
    ScriptedPeer peer(identity(), [&](PeerConnection& connection) {
        received.set_value(connection.read_request());
        connection.write(ok);
    });
    const auto client = make_client(peer.origin());

    const Answer answer = send(*client);

    ASSERT_TRUE(answer) << answer.error().reason;
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "{}");
    const std::string request = received.get_future().get();
    EXPECT_TRUE(request.starts_with("POST /events HTTP/1.1\r\nHost: 127.0.0.1:"));
    EXPECT_TRUE(request.ends_with("\r\n\r\n{}"));
}

TEST_F(TlsClientTest, VerifiesNamesAsWellAsAddresses) {
    ScriptedPeer peer(identity("DNS:localhost"), answer_all);
    const auto by_name = make_client(peer.origin("localhost"));

    const Answer answer = send(*by_name);

    EXPECT_TRUE(answer) << answer.error().reason;
}

TEST_F(TlsClientTest, RefusesACertificateOfAnotherName) {
    ScriptedPeer peer(identity("DNS:example.com"), answer_all);

    const Failure by_name = send_failing(peer.origin("localhost"));

    EXPECT_EQ(by_name.code, ClientErrc::CertificateRefused);
    EXPECT_NE(by_name.reason.find("hostname mismatch"), std::string::npos) << by_name.reason;
}

TEST_F(TlsClientTest, RefusesACertificateOfAnotherAddress) {
    ScriptedPeer peer(identity("DNS:localhost,IP:127.0.0.2"), answer_all);

    const Failure failure = send_failing(peer.origin());

    EXPECT_EQ(failure.code, ClientErrc::CertificateRefused);
    EXPECT_NE(failure.reason.find("IP address mismatch"), std::string::npos) << failure.reason;
}

TEST_F(TlsClientTest, RefusesAnExpiredCertificate) {
    ScriptedPeer peer(identity(local_names, true), answer_all);

    const Failure failure = send_failing(peer.origin());

    EXPECT_EQ(failure.code, ClientErrc::CertificateRefused);
    EXPECT_NE(failure.reason.find("certificate has expired"), std::string::npos) << failure.reason;
}

TEST_F(TlsClientTest, RefusesACertificateOfAnotherAuthority) {
    const test::TestAuthority other;
    ScriptedPeer peer({other.issue({local_names}), 0}, answer_all);

    EXPECT_EQ(send_failing(peer.origin()).code, ClientErrc::CertificateRefused);
}

TEST_F(TlsClientTest, RefusesTlsOlderThan12) {
    for (const int newest : {TLS1_VERSION, TLS1_1_VERSION}) {
        ScriptedPeer peer({authority_.issue({local_names}), newest}, answer_all);

        EXPECT_EQ(send_failing(peer.origin()).code, ClientErrc::NotSent);
    }
}

TEST_F(TlsClientTest, SpeaksTls12) {
    ScriptedPeer peer({authority_.issue({local_names}), TLS1_2_VERSION}, answer_all);
    const auto client = make_client(peer.origin());

    EXPECT_TRUE(send(*client));
}

TEST_F(TlsClientTest, UsesAConnectionAgain) {
    ScriptedPeer peer(identity(), answer_all);
    const auto client = make_client(peer.origin());

    EXPECT_TRUE(send(*client));
    EXPECT_TRUE(send(*client));

    EXPECT_EQ(peer.accepted(), 1);
}

TEST_F(TlsClientTest, ReplacesAConnectionThatThePeerHasClosed) {
    std::atomic<int> closed = 0;
    ScriptedPeer peer(identity(), [&](PeerConnection& connection) {
        answer_one(connection);
        connection.close();
        ++closed;
    });
    const auto client = make_client(peer.origin());

    for (int i = 1; i <= 3; ++i) {
        const Answer answer = send(*client);
        EXPECT_TRUE(answer) << answer.error().reason;
        while (closed < i) std::this_thread::yield();
    }

    EXPECT_EQ(peer.accepted(), 3);
}

TEST_F(TlsClientTest, DoesNotUseAConnectionThatWasIdleTooLong) {
    options_.idle_timeout = milliseconds(0);
    ScriptedPeer peer({}, answer_one);
    const auto client = make_client(peer.origin());

    EXPECT_TRUE(send(*client));
    EXPECT_TRUE(send(*client));

    EXPECT_EQ(peer.accepted(), 2);
}

TEST_F(TlsClientTest, DoesNotKnowWhatBecameOfARequestWhoseAnswerBreaksOff) {
    ScriptedPeer peer(identity(), [](PeerConnection& connection) {
        connection.read_request();
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{");
        connection.reset();
    });

    EXPECT_EQ(send_failing(peer.origin()).code, ClientErrc::Ambiguous);
}

TEST_F(TlsClientTest, SendsNothingTwiceWhenAUsedConnectionBreaks) {
    std::atomic<int> requests_that_broke = 0;
    ScriptedPeer peer({}, [&](PeerConnection& connection) {
        answer_one(connection);
        if (!connection.read_request().empty()) ++requests_that_broke;
        connection.reset();
    });
    const auto client = make_client(peer.origin());

    EXPECT_TRUE(send(*client));
    const Answer second = send(*client);

    ASSERT_TRUE(second.has_error());
    EXPECT_EQ(second.error().code, ClientErrc::Ambiguous);
    EXPECT_EQ(requests_that_broke, 1);
    EXPECT_EQ(peer.accepted(), 1);
}

TEST_F(TlsClientTest, GivesUpOnAPeerThatDoesNotAnswer) {
    options_.request_timeout = milliseconds(50);
    ScriptedPeer peer(identity(), [](PeerConnection& connection) { connection.wait_for_close(); });

    const Failure failure = send_failing(peer.origin());

    EXPECT_EQ(failure.code, ClientErrc::Ambiguous);
    EXPECT_NE(failure.reason.find("timed out after 50 ms while waiting for the answer"), std::string::npos)
        << failure.reason;
}

TEST_F(TlsClientTest, GivesUpOnAPeerThatDripsItsAnswer) {
    options_.request_timeout = milliseconds(50);
    std::atomic<bool> done = false;
    ScriptedPeer peer({}, [&](PeerConnection& connection) {
        connection.read_request();
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n");
        while (!done) connection.write("x");
    });

    const Failure failure = send_failing(peer.origin());
    done = true;

    EXPECT_EQ(failure.code, ClientErrc::Ambiguous);
}

TEST_F(TlsClientTest, GivesUpOnAPeerThatNeverShakesHands) {
    options_.connect_timeout = milliseconds(50);
    ScriptedPeer silent({}, [](PeerConnection& connection) { connection.wait_for_close(); });
    std::string origin = silent.origin();
    origin.replace(0, 4, "https");

    const Failure failure = send_failing(origin);

    EXPECT_EQ(failure.code, ClientErrc::NotSent);
    EXPECT_NE(failure.reason.find("TLS handshake: timed out after 50 ms"), std::string::npos) << failure.reason;
}

TEST_F(TlsClientTest, SaysThatARefusedConnectionSentNothing) {
    std::string origin;
    {
        const ScriptedPeer gone({}, answer_all);
        origin = gone.origin();
    }

    const Failure failure = send_failing(origin);

    EXPECT_EQ(failure.code, ClientErrc::NotSent);
    EXPECT_NE(failure.reason.find("Connection refused"), std::string::npos) << failure.reason;
}

TEST_F(TlsClientTest, CallsAnAnswerItCannotReadAmbiguous) {
    ScriptedPeer peer({}, [](PeerConnection& connection) {
        connection.read_request();
        connection.write("SSH-2.0-nonsense\r\n\r\n");
    });

    EXPECT_EQ(send_failing(peer.origin()).code, ClientErrc::Ambiguous);
}

TEST_F(TlsClientTest, ReadsTheAnswerOfAPeerThatRefusesWithoutReadingTheBody) {
    ScriptedPeer peer({}, [](PeerConnection& connection) {
        connection.write("HTTP/1.1 401 \r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        connection.wait_for_close();
    });
    const auto client = make_client(peer.origin());

    const Answer answer = send(*client);

    ASSERT_TRUE(answer) << answer.error().reason;
    EXPECT_EQ(answer->status, 401);
}

TEST_F(TlsClientTest, RefusesAHeaderWithALineBreakBeforeConnecting) {
    ScriptedPeer peer({}, answer_all);
    const auto client = make_client(peer.origin());
    std::optional<Answer> answer;
    Request request;
    request.path = "/";
    request.headers = {{"X", "a\r\nY: b"}};

    boost::asio::co_spawn(context_, client->send(std::move(request)),
                          [&answer](const std::exception_ptr&, Answer result) { answer = std::move(result); });
    context_.run();

    ASSERT_TRUE(answer && answer->has_error());
    EXPECT_EQ(answer->error().code, ClientErrc::NotSent);
    EXPECT_EQ(peer.accepted(), 0);
}

TEST_F(TlsClientTest, RefusesAtConstructionWhatCannotWork) {
    EXPECT_THROW(make_client("http://example.com"), std::runtime_error);
    options_.ca_file = "/nonexistent.pem";
    options_.origin = "https://example.com";
    EXPECT_THROW(make_tls_client(context_, options_), std::runtime_error);
}

TEST(ClientErrc, HasAMessageForEachValue) {
    const ErrorCode code = ClientErrc::Ambiguous;

    EXPECT_STREQ(code.category().name(), "pinrelay.http.client");
    EXPECT_NE(code.message(), make_error_code(ClientErrc::NotSent).message());
}

}  // namespace
}  // namespace pinrelay::http
