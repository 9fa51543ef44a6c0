#include <atomic>
#include <string>
#include <vector>

#include "tls_client_fixture.hpp"

namespace pinrelay::net {
namespace {

using std::chrono::milliseconds;
using test::PeerConnection;
using test::ScriptedPeer;

// No resolver knows this name, so whoever resolves it here fails.
constexpr const char* pinterest = "https://conversions.pinterest.invalid";
constexpr const char* established = "HTTP/1.1 200 Connection established\r\n\r\n";

class TunnelTest : public TlsClientTest {
protected:
    test::PeerOptions proxy_options() const {
        auto options = identity("DNS:conversions.pinterest.invalid");
        options.tunnel = true;
        return options;
    }

    // What becomes of a request behind a proxy that says this and no more.
    Failure behind(const std::string& words) {
        ScriptedPeer proxy(proxy_options(), [&words](PeerConnection& connection) {
            connection.read_request();
            connection.write(words);
            connection.close();
        });
        options_.proxy = Secret(proxy.proxy("user:hush-hush@"));
        return send_failing(pinterest);
    }
};

TEST_F(TunnelTest, CarriesTheRequestAndKeepsTheProxysPasswordOutOfIt) {
    std::string asked;
    std::string request;
    {
        ScriptedPeer proxy(proxy_options(), [&](PeerConnection& connection) {
            asked = connection.read_request();
            connection.write(established);
            if (!connection.start_tls()) return;
            request = connection.read_request();
            connection.write(ok_answer);
        });
        options_.proxy = Secret(proxy.proxy("relay:s%3acret%20+@"));
        const auto client = make_client(pinterest);

        const ClientAnswer answer = send(*client);

        ASSERT_TRUE(answer) << answer.error().reason;
        EXPECT_EQ(answer->body, "{}");
    }
    EXPECT_EQ(asked,
              "CONNECT conversions.pinterest.invalid:443 HTTP/1.1\r\nHost: conversions.pinterest.invalid:443\r\n"
              "Proxy-Authorization: Basic cmVsYXk6czpjcmV0ICs=\r\n\r\n");
    EXPECT_TRUE(request.starts_with("POST /events HTTP/1.1\r\nHost: conversions.pinterest.invalid\r\n")) << request;
    EXPECT_EQ(request.find("Proxy-"), std::string::npos) << request;
}

TEST_F(TunnelTest, IsUsedForFurtherRequests) {
    std::atomic<int> requests = 0;
    ScriptedPeer proxy(proxy_options(), [&](PeerConnection& connection) {
        connection.read_request();
        connection.write("HTTP/1.0 200 OK\r\nContent-Length: 7\r\n\r\n");  // which does not count here, RFC 9110
        if (!connection.start_tls()) return;
        while (!connection.read_request().empty()) {
            ++requests;
            connection.write(ok_answer);
        }
    });
    options_.proxy = Secret(proxy.proxy());
    const auto client = make_client(pinterest);

    EXPECT_TRUE(send(*client));
    EXPECT_TRUE(send(*client));

    EXPECT_EQ(proxy.accepted(), 1);
    EXPECT_EQ(requests, 2);
}

TEST_F(TunnelTest, IsNotBuiltToAHostThatIsExempt) {
    ScriptedPeer proxy(proxy_options(), [](PeerConnection&) {});
    ScriptedPeer peer(identity(), [](PeerConnection& connection) {
        connection.read_request();
        connection.write(ok_answer);
    });
    options_.proxy = Secret(proxy.proxy());
    options_.no_proxy = "shop.example,127.0.0.0/8";
    const auto client = make_client(peer.origin());

    EXPECT_TRUE(send(*client));

    EXPECT_EQ(proxy.accepted(), 0);
}

struct Words {
    std::string words;
    const char* reason;
};

TEST_F(TunnelTest, FailsAsTheProxySays) {
    const std::vector<Words> cases = {
        {"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n",
         "the proxy refused the tunnel with status 407; check the user and password"},
        {"HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nno\r\n", "refused the tunnel with status 403"},
        {"HTTP/1.1 502 Bad Gateway\r\n\r\n", "refused the tunnel with status 502"},
        {"HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/\r\n\r\n", "refused the tunnel with status 302"},
        {"SSH-2.0-OpenSSH_9.2\r\n", "answer cannot be read"},
        {std::string("\x15\x03\x01\0\x02\x02\x28", 7), "answer cannot be read"},
        {"", "the peer closed the connection before the end of the header"},
        {"HTTP/1.1 200 OK\r\nVia: a", "the peer closed the connection before the end of the header"},
        {"HTTP/1.1 200 OK\r\n\r\nhello", "sent more than its answer"},
        {"HTTP/1.1 200 OK\r\nX: " + std::string(64 * 1024, 'x') + "\r\n\r\n", "its header is too large"},
        {established, "in the TLS handshake"},
    };

    for (const auto& [words, reason] : cases) {
        const Failure failure = behind(words);

        EXPECT_EQ(failure.code, ClientErrc::NotSent) << reason;
        EXPECT_NE(failure.reason.find(reason), std::string::npos) << failure.reason;
        EXPECT_NE(failure.reason.find("conversions.pinterest.invalid through the proxy 127.0.0.1:"), std::string::npos)
            << failure.reason;
        EXPECT_EQ(failure.reason.find("hush"), std::string::npos) << failure.reason;
    }
}

TEST_F(TunnelTest, IsNotWaitedForLongerThanAConnection) {
    options_.connect_timeout = milliseconds(50);
    ScriptedPeer proxy(proxy_options(), [](PeerConnection& connection) { connection.wait_for_close(); });
    options_.proxy = Secret(proxy.proxy());

    const Failure failure = send_failing(pinterest);

    EXPECT_EQ(failure.code, ClientErrc::NotSent);
    EXPECT_NE(failure.reason.find("waiting for the tunnel: timed out after 50 ms"), std::string::npos)
        << failure.reason;
}

TEST_F(TunnelTest, IsGivenUpWhereTheHeadOfTheAnswerDrips) {
    options_.connect_timeout = milliseconds(50);
    std::atomic<bool> done = false;
    ScriptedPeer proxy(proxy_options(), [&done](PeerConnection& connection) {
        connection.read_request();
        connection.write("HTTP/1.1 200 OK\r\nX: ");
        while (!done) {
            connection.write("x");
            std::this_thread::yield();
        }
    });
    options_.proxy = Secret(proxy.proxy());

    const Failure failure = send_failing(pinterest);
    done = true;

    EXPECT_EQ(failure.code, ClientErrc::NotSent) << failure.reason;
}

TEST_F(TunnelTest, SaysWhereTheProxyCannotBeReached) {
    std::string url;
    {
        const ScriptedPeer gone({}, [](PeerConnection&) {});
        url = gone.proxy();
    }
    options_.proxy = Secret(url);

    const Failure failure = send_failing(pinterest);

    EXPECT_EQ(failure.code, ClientErrc::NotSent);
    EXPECT_NE(failure.reason.find("connecting: Connection refused"), std::string::npos) << failure.reason;
}

}  // namespace
}  // namespace pinrelay::net
