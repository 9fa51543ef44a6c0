// What the mock shows in a TLS handshake, and that a careful client gets no further than it should.
#include <gtest/gtest.h>
#include <openssl/x509_vfy.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "loopback_client.hpp"
#include "mock_pinterest/mock_pinterest.hpp"
#include "sample_events.hpp"
#include "tls_client.hpp"

namespace pinrelay::mock {
namespace {

using namespace std::chrono_literals;
using test::connect_with_tls;
using test::Handshake;
using test::TlsCall;

Options with_certificate(Certificate certificate) {
    Options options;
    options.tls->certificate = certificate;
    return options;
}

Handshake call(const MockPinterest& pinterest, const std::string& host = "localhost") {
    return connect_with_tls({.port = pinterest.port(), .ca_pem = pinterest.ca_pem(), .host = host});
}

TEST(Tls, AnswersOverHttps) {
    MockPinterest pinterest;
    const std::string request = test::Post{.body = test::body_with(1).dump()}.text();

    const Handshake result =
        connect_with_tls({.port = pinterest.port(), .ca_pem = pinterest.ca_pem(), .request = request});

    EXPECT_TRUE(result.connected);
    EXPECT_NE(result.answer.find("\"num_events_processed\":1"), std::string::npos) << result.answer;
    EXPECT_EQ(pinterest.url(), "https://127.0.0.1:" + std::to_string(pinterest.port()));
}

TEST(Tls, NamesLocalhostLoopbackAndTheHostsAskedFor) {
    Options options;
    options.tls->hosts = {"api.pinterest.test", "192.0.2.7"};
    MockPinterest pinterest(options);

    for (const char* host : {"localhost", "127.0.0.1", "::1", "api.pinterest.test", "192.0.2.7"}) {
        EXPECT_TRUE(call(pinterest, host).connected) << host;
    }
    EXPECT_EQ(call(pinterest, "api.pinterest.com").verify_result, X509_V_ERR_HOSTNAME_MISMATCH);
}

struct BadCertificate {
    const char* name;
    Certificate certificate;
    long verify_result;
};
void PrintTo(const BadCertificate& row, std::ostream* out) { *out << row.name; }
class RefusedCertificate : public testing::TestWithParam<BadCertificate> {};

TEST_P(RefusedCertificate, IsRefusedForItsOwnReason) {
    MockPinterest pinterest(with_certificate(GetParam().certificate));

    const Handshake result = call(pinterest);

    EXPECT_FALSE(result.connected);
    EXPECT_EQ(result.verify_result, GetParam().verify_result) << X509_verify_cert_error_string(result.verify_result);
    EXPECT_EQ(pinterest.summary().requests, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Mock, RefusedCertificate,
    testing::Values(BadCertificate{"expired", Certificate::Expired, X509_V_ERR_CERT_HAS_EXPIRED},
                    BadCertificate{"not yet valid", Certificate::NotYetValid, X509_V_ERR_CERT_NOT_YET_VALID},
                    BadCertificate{"client only", Certificate::ClientOnly, X509_V_ERR_INVALID_PURPOSE},
                    BadCertificate{"wrong host", Certificate::WrongHost, X509_V_ERR_HOSTNAME_MISMATCH},
                    BadCertificate{"other CA", Certificate::OtherCa, X509_V_ERR_CERT_SIGNATURE_FAILURE},
                    BadCertificate{"self-signed", Certificate::SelfSigned, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT}));

TEST(Tls, OffersOldProtocolsOnlyWhereAsked) {
    Options options;
    options.tls->old_protocol = true;
    MockPinterest pinterest(options);

    const Handshake careful = call(pinterest);
    const Handshake careless =
        connect_with_tls({.port = pinterest.port(), .ca_pem = pinterest.ca_pem(), .allow_old_protocol = true});

    EXPECT_FALSE(careful.connected);
    EXPECT_TRUE(careless.connected);
}

TEST(Tls, ClosesInTheHandshakeWhereTheScriptSaysSo) {
    Options options;
    Rule rule;
    rule.fault = Fault::CloseHandshake;
    options.script = {rule};
    MockPinterest pinterest(options);

    const Handshake first = call(pinterest);
    const Handshake second = call(pinterest);

    EXPECT_FALSE(first.connected);
    EXPECT_TRUE(second.connected);
    EXPECT_EQ(pinterest.summary().handshake_failures, 1U);
}

TEST(Tls, MakesACaOfItsOwnEachTime) {
    const MockPinterest one;
    const MockPinterest other;

    EXPECT_NE(one.ca_pem(), other.ca_pem());
}

TEST(Tls, KeepsItsCaInAStoreThatOnlyTheOwnerCanRead) {
    const auto store = std::filesystem::path(testing::TempDir()) / ("mock-ca-" + std::to_string(::getpid()) + ".pem");
    std::filesystem::remove(store);
    Options options;
    options.tls->ca_store = store.string();
    const std::string first_ca = MockPinterest(options).ca_pem();

    MockPinterest restarted(options);
    struct stat status {};
    ::stat(store.c_str(), &status);
    std::filesystem::remove(store);

    EXPECT_EQ(restarted.ca_pem(), first_ca);
    EXPECT_TRUE(connect_with_tls({.port = restarted.port(), .ca_pem = first_ca}).connected);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

}  // namespace
}  // namespace pinrelay::mock
