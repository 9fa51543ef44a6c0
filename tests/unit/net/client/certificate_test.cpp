#include <string>
#include <vector>

#include "tls_client_fixture.hpp"

namespace pinrelay::net {
namespace {

using test::CertificateWish;
using test::PeerConnection;
using test::ScriptedPeer;
using test::Validity;

// The peer opens a tunnel for itself, so that it can be any host. What it got of the request once TLS stood.
struct Attempt {
    Failure failure;
    std::string received;
};

class CertificateTest : public TlsClientTest {
protected:
    Attempt attempt(const test::Identity& identity, const std::string& host) {
        Attempt result;
        ScriptedPeer peer({identity, 0, true}, [&result](PeerConnection& connection) {
            connection.read_request();
            connection.write("HTTP/1.1 200 OK\r\n\r\n");
            if (!connection.start_tls()) return;
            result.received = connection.read_request();
            connection.write(ok_answer);
        });
        options_.proxy = Secret(peer.proxy());
        result.failure = send_failing("https://" + host);
        return result;
    }

    test::TestAuthority other_authority_;
};

constexpr const char* host = "conversions.pinterest.test";

struct Refused {
    const char* what;
    CertificateWish wish;
    const char* host;
    const char* reason;  // in OpenSSL's words
};

const std::vector<Refused> refused = {
    {"another name", {"DNS:shop.example"}, host, "hostname mismatch"},
    {"a name below it", {"DNS:a.conversions.pinterest.test"}, host, "hostname mismatch"},
    {"the domain above it", {"DNS:pinterest.test"}, host, "hostname mismatch"},
    {"its name with more behind it", {"DNS:conversions.pinterest.test.evil.example"}, host, "hostname mismatch"},
    {"another address", {"IP:192.0.2.2"}, "192.0.2.1", "IP address mismatch"},
    {"another address of IPv6", {"IP:2001:db8::2"}, "[2001:db8::1]", "IP address mismatch"},
    {"an address as if it were a name", {"DNS:192.0.2.1"}, "192.0.2.1", "IP address mismatch"},
    {"a part of a label as wildcard", {"DNS:conv*.pinterest.test"}, host, "hostname mismatch"},
    {"a wildcard over a whole domain of the top", {"DNS:*.test"}, "pinterest.test", "hostname mismatch"},
    {"a wildcard of everything", {"DNS:*"}, host, "hostname mismatch"},
    {"a wildcard for two labels", {"DNS:*.test"}, host, "hostname mismatch"},
    {"a wildcard that is not the first label", {"DNS:conversions.*.test"}, host, "hostname mismatch"},
    {"the name as subject alone", {"", Validity::Now, host}, host, "hostname mismatch"},
    {"the name as subject beside an address", {"IP:192.0.2.1", Validity::Now, host}, host, "hostname mismatch"},
    {"the time gone by", {"DNS:conversions.pinterest.test", Validity::Past}, host, "certificate has expired"},
    {"the time to come", {"DNS:conversions.pinterest.test", Validity::Future}, host, "certificate is not yet valid"},
    {"use by clients only",
     {"DNS:conversions.pinterest.test", Validity::Now, "Test client", "clientAuth"},
     host,
     "certificate purpose"},
    {"its own signature",
     {"DNS:conversions.pinterest.test", Validity::Now, host, "", true},
     host,
     "self-signed certificate"},
};

TEST_F(CertificateTest, OfAnythingButTheHostGetsNoByteOfTheRequest) {
    for (const auto& row : refused) {
        const Attempt result = attempt(authority_.issue(row.wish), row.host);

        EXPECT_EQ(result.failure.code, ClientErrc::CertificateRefused) << row.what;
        EXPECT_NE(result.failure.reason.find(row.reason), std::string::npos)
            << row.what << ": " << result.failure.reason;
        EXPECT_EQ(result.received, "") << row.what;
    }
}

TEST_F(CertificateTest, OfAnotherAuthorityGetsNoByteOfTheRequest) {
    const Attempt result = attempt(other_authority_.issue({"DNS:conversions.pinterest.test"}), host);

    EXPECT_EQ(result.failure.code, ClientErrc::CertificateRefused) << result.failure.reason;
    EXPECT_EQ(result.received, "");
}

TEST_F(CertificateTest, OfTheHostIsTaken) {
    const std::vector<std::pair<CertificateWish, std::string>> taken = {
        {{"DNS:conversions.pinterest.test"}, host},
        {{"DNS:Conversions.PINTEREST.test"}, host},
        {{"DNS:shop.example,DNS:*.pinterest.test"}, host},
        {{"DNS:conversions.pinterest.test", Validity::Now, "Test", "serverAuth"}, host},
        {{"IP:192.0.2.1"}, "192.0.2.1"},
        {{"IP:2001:db8::1"}, "[2001:db8::1]"},
    };

    for (const auto& [wish, name] : taken) {
        const Attempt result = attempt(authority_.issue(wish), name);

        EXPECT_EQ(result.failure.reason, "it was answered") << wish.names;
        EXPECT_NE(result.received.find("Host: " + name + "\r\n"), std::string::npos) << wish.names;
    }
}

}  // namespace
}  // namespace pinrelay::net
