#include "tls_client_fixture.hpp"

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <thread>

namespace pinrelay::net {
namespace {

using std::chrono::milliseconds;
using test::PeerConnection;
using test::ScriptedPeer;
using Answer = ClientAnswer;

void answer_all(PeerConnection& connection) {
    while (!connection.read_request().empty()) connection.write(ok_answer);
}

void answer_one(PeerConnection& connection) {
    if (!connection.read_request().empty()) connection.write(ok_answer);
}

TEST_F(TlsClientTest, SendsARequestToAPeerItTrusts) {
    std::promise<std::string> received;
    ScriptedPeer peer(identity(), [&](PeerConnection& connection) {
        received.set_value(connection.read_request());
        connection.write(ok_answer);
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

TEST_F(TlsClientTest, RefusesTlsOlderThan12) {
    for (const int newest : {TLS1_VERSION, TLS1_1_VERSION}) {
        test::PeerOptions options = identity();
        options.newest_tls = newest;
        ScriptedPeer peer(options, answer_all);

        EXPECT_EQ(send_failing(peer.origin()).code, ClientErrc::NotSent);
    }
}

TEST_F(TlsClientTest, SpeaksTls12) {
    test::PeerOptions options = identity();
    options.newest_tls = TLS1_2_VERSION;
    ScriptedPeer peer(options, answer_all);
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
    http::Request request;
    request.path = "/";
    request.headers = {{"X", "a\r\nY: b"}};

    boost::asio::co_spawn(context_, client->send(std::move(request)),
                          [&answer](const std::exception_ptr&, Answer result) { answer = std::move(result); });
    context_.run();

    ASSERT_TRUE(answer && answer->has_error());
    EXPECT_EQ(answer->error().code, ClientErrc::NotSent);
    EXPECT_EQ(peer.accepted(), 0);
}

class CancelledSend : public TlsClientTest {
protected:
    // Ends when the send does, with what it gave or threw.
    void run(Client& client) {
        http::Request request;
        request.path = "/";
        boost::asio::co_spawn(context_, client.send(std::move(request)),
                              boost::asio::bind_cancellation_slot(
                                  cancel_.slot(), [this](const std::exception_ptr& thrown, Answer result) {
                                      thrown_ = thrown != nullptr;
                                      answer_ = std::move(result);
                                  }));
        context_.run();
    }

    void cancel() {
        boost::asio::post(context_, [this] { cancel_.emit(boost::asio::cancellation_type::terminal); });
    }

    boost::asio::cancellation_signal cancel_;
    bool thrown_ = true;
    std::optional<Answer> answer_;
};

TEST_F(CancelledSend, IsAmbiguousAfterTheRequestHasLeft) {
    ScriptedPeer peer(identity(), [&](PeerConnection& connection) {
        connection.read_request();
        cancel();
        connection.wait_for_close();
    });
    const auto client = make_client(peer.origin());

    run(*client);

    EXPECT_FALSE(thrown_);
    ASSERT_TRUE(answer_ && answer_->has_error());
    EXPECT_EQ(answer_->error().code, ClientErrc::Ambiguous);
}

TEST_F(CancelledSend, IsNotSentBeforeTheConnectionIsMade) {
    ScriptedPeer peer(identity(), answer_all);
    const auto client = make_client(peer.origin());
    boost::asio::post(context_, [this] { cancel(); });

    run(*client);

    EXPECT_FALSE(thrown_);
    ASSERT_TRUE(answer_ && answer_->has_error());
    EXPECT_EQ(answer_->error().code, ClientErrc::NotSent);
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
}  // namespace pinrelay::net
