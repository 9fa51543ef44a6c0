#include <array>
#include <atomic>
#include <string>

#include "tls_client_fixture.hpp"

namespace pinrelay::net {
namespace {

using std::chrono::milliseconds;
using test::PeerConnection;
using test::ScriptedPeer;

// Whatever a peer answers, it ends by size or by time, and it sends the client nowhere else.
class AnswerLimits : public TlsClientTest {
protected:
    // The peer says `first` and then `more` until nobody listens.
    Failure answered_without_end(const std::string& first, const std::string& more) {
        std::atomic<bool> done = false;
        ScriptedPeer peer(identity(), [&](PeerConnection& connection) {
            connection.read_request();
            connection.write(first);
            while (!done) connection.write(more);
        });
        Failure failure = send_failing(peer.origin());
        done = true;
        return failure;
    }
};

struct Endless {
    const char* what;
    std::string first;
    std::string more;
    const char* reason;
};

const std::string kilobyte(1024, 'x');

TEST_F(AnswerLimits, EndAnAnswerThatIsTooLarge) {
    options_.max_response_body = 64 * 1024;
    const std::array endless = {
        Endless{"a body by its length", "HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n", kilobyte,
                "body is too large"},
        Endless{"a body of chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "400\r\n" + kilobyte + "\r\n", "body is too large"},
        Endless{"a body until the end", "HTTP/1.1 200 OK\r\n\r\n", kilobyte, "body is too large"},
        Endless{"one field", "HTTP/1.1 200 OK\r\nX: ", kilobyte, "header is too large"},
        Endless{"fields", "HTTP/1.1 200 OK\r\n", "X-Field: " + kilobyte + "\r\n", "header is too large"},
        Endless{"the first line", "HTTP/1.1 200 ", kilobyte, "header is too large"},
        Endless{"interim answers", "", "HTTP/1.1 100 Continue\r\n\r\n", "header is too large"},
    };

    for (const auto& row : endless) {
        const Failure failure = answered_without_end(row.first, row.more);

        EXPECT_EQ(failure.code, ClientErrc::Ambiguous) << row.what;
        EXPECT_NE(failure.reason.find(row.reason), std::string::npos) << row.what << ": " << failure.reason;
    }
}

TEST_F(AnswerLimits, EndAnAnswerThatTakesTooLong) {
    options_.request_timeout = milliseconds(50);
    const std::array begun = {"", "HTTP/1.1 200 OK\r\nX: a", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
                              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
                              "HTTP/1.1 100 Continue\r\n\r\n"};

    for (const std::string first : begun) {
        ScriptedPeer peer(identity(), [&first](PeerConnection& connection) {
            connection.read_request();
            connection.write(first);
            connection.wait_for_close();
        });

        const Failure failure = send_failing(peer.origin());

        EXPECT_EQ(failure.code, ClientErrc::Ambiguous) << first;
        EXPECT_NE(failure.reason.find("timed out after 50 ms"), std::string::npos) << failure.reason;
    }
}

TEST_F(AnswerLimits, FollowNoRedirect) {
    for (const int status : {301, 302, 303, 307, 308}) {
        ScriptedPeer elsewhere(identity(), [](PeerConnection& connection) { connection.read_request(); });
        ScriptedPeer peer(identity(), [&](PeerConnection& connection) {
            connection.read_request();
            connection.write("HTTP/1.1 " + std::to_string(status) + " Elsewhere\r\nLocation: " +
                             elsewhere.origin("localhost") + "/events\r\nContent-Length: 0\r\n\r\n");
        });
        const auto client = make_client(peer.origin());

        const ClientAnswer answer = send(*client);

        ASSERT_TRUE(answer) << answer.error().reason;
        EXPECT_EQ(answer->status, status);
        EXPECT_EQ(elsewhere.accepted(), 0);
    }
}

}  // namespace
}  // namespace pinrelay::net
