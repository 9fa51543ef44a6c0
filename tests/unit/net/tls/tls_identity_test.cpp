#include "pinrelay/net/tls_identity.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "fixtures/test_certificates.hpp"

namespace pinrelay::net {
namespace {

using File = TlsIdentityError::File;
using test::TemporaryFile;

constexpr const char* locked_key =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAg=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";

class TlsIdentityTest : public testing::Test {
protected:
    test::TestAuthority authority_;
    test::Identity identity_ = authority_.issue({"DNS:localhost"});

    // Why the two texts cannot be used as certificate and key; nothing when they can.
    struct LoadFailure {
        File file;
        std::string sentence;
        std::string certificate_path;
        std::string key_path;
    };
    static std::optional<LoadFailure> refusal_of(const std::string& certificate, const std::string& key) {
        const TemporaryFile certificate_file(certificate);
        const TemporaryFile key_file(key);
        try {
            TlsIdentity::load(certificate_file.path(), key_file.path());
        } catch (const TlsIdentityError& wrong) {
            return LoadFailure{wrong.file, wrong.what(), certificate_file.path(), key_file.path()};
        }
        return std::nullopt;
    }
};

TEST_F(TlsIdentityTest, KnowsWhenItsCertificateEnds) {
    const auto wanted = system_now() + std::chrono::days(40);
    const auto issued = authority_.issue({.names = "DNS:localhost", .days = 40});
    const TemporaryFile certificate(issued.certificate);
    const TemporaryFile key(issued.key);

    const auto expires = TlsIdentity::load(certificate.path(), key.path())->expires();

    EXPECT_LT(std::chrono::abs(expires - wanted), std::chrono::minutes(1));
}

TEST_F(TlsIdentityTest, TakesAChainAndAFileThatHoldsAll) {
    const std::string all = identity_.certificate + authority_.certificate() + identity_.key;

    EXPECT_FALSE(refusal_of(identity_.certificate + authority_.certificate(), identity_.key));
    EXPECT_FALSE(refusal_of(all, all));
}

TEST_F(TlsIdentityTest, NamesTheFileOfACertificateThatCannotBeUsed) {
    const std::string damaged = identity_.certificate + identity_.certificate.substr(0, 200);
    for (const std::string& wrong : {std::string(), std::string("no PEM"), identity_.key, damaged}) {
        const auto refusal = refusal_of(wrong, identity_.key);

        ASSERT_TRUE(refusal) << wrong;
        EXPECT_EQ(refusal->file, File::Certificate);
        EXPECT_NE(refusal->sentence.find(refusal->certificate_path), std::string::npos) << refusal->sentence;
    }
}

TEST_F(TlsIdentityTest, NamesTheFileOfAKeyThatCannotBeUsed) {
    const auto other = authority_.issue({"DNS:localhost"});
    for (const std::string& wrong : {std::string(), std::string("no PEM"), identity_.certificate, other.key,
                                     identity_.key.substr(0, 100), std::string(locked_key)}) {
        const auto refusal = refusal_of(identity_.certificate, wrong);

        ASSERT_TRUE(refusal) << wrong;
        EXPECT_EQ(refusal->file, File::Key);
        EXPECT_NE(refusal->sentence.find(refusal->key_path), std::string::npos) << refusal->sentence;
    }
}

TEST_F(TlsIdentityTest, NamesTheCertificateToWhichAKeyDoesNotBelong) {
    const auto refusal = refusal_of(authority_.issue({"DNS:localhost"}).certificate, identity_.key);

    ASSERT_TRUE(refusal);
    EXPECT_NE(refusal->sentence.find(refusal->certificate_path), std::string::npos);
}

TEST_F(TlsIdentityTest, SaysWhyAFileCannotBeRead) {
    try {
        TlsIdentity::load("/nowhere/chain.pem", "/nowhere/key.pem");
        FAIL();
    } catch (const TlsIdentityError& wrong) {
        EXPECT_STREQ(wrong.what(), "\"/nowhere/chain.pem\" cannot be read: No such file or directory");
    }
}

TEST_F(TlsIdentityTest, ReadsNothingThatNeverEnds) {
    try {
        TlsIdentity::load("/dev/zero", "/dev/zero");
        FAIL();
    } catch (const TlsIdentityError& wrong) {
        EXPECT_STREQ(wrong.what(), "\"/dev/zero\" is no regular file");
    }
}

}  // namespace
}  // namespace pinrelay::net
