#include "app/collect_certificate.hpp"

#include <gtest/gtest.h>

#include "fixtures/test_certificates.hpp"
#include "fixtures/test_logger.hpp"

namespace pinrelay::app {
namespace {

using std::chrono::days;

class CollectCertificate : public testing::Test {
protected:
    test::Identity identity_ = test::TestAuthority().issue({"DNS:localhost"});
    test::TemporaryFile certificate_{identity_.certificate};
    test::TemporaryFile key_{identity_.key};
    test::TestLogger logger_;

    static config::Config with(const std::string& certificate, const std::string& key) {
        config::Config config;
        config.tls_certificate_file = certificate;
        config.tls_key_file = key;
        return config;
    }

    // The key of the only problem; "" where there is none.
    static std::string problem_of(const config::Config& config) {
        const auto problems = check_certificate(config, "file");
        return problems.empty() ? "" : problems.at(0).key;
    }

    void announce(days left) {
        const auto certificate = collect_certificate(with(certificate_.path(), key_.path()));
        announce_certificate(*certificate, certificate->expires() - left, logger_);
    }
};

TEST_F(CollectCertificate, IsNoneWhereNoneIsConfigured) {
    EXPECT_EQ(collect_certificate({}), nullptr);
    EXPECT_EQ(problem_of({}), "");
}

TEST_F(CollectCertificate, IsLoadedFromItsFiles) {
    const auto config = with(certificate_.path(), key_.path());

    EXPECT_NE(collect_certificate(config), nullptr);
    EXPECT_EQ(problem_of(config), "");
}

TEST_F(CollectCertificate, NeedsBothFiles) {
    EXPECT_EQ(problem_of(with(certificate_.path(), "")), "collect.tls_key_file");
    EXPECT_EQ(problem_of(with("", key_.path())), "collect.tls_certificate_file");
}

TEST_F(CollectCertificate, NamesTheKeyWhoseFileIsWrong) {
    EXPECT_EQ(problem_of(with("/nowhere", key_.path())), "collect.tls_certificate_file");
    EXPECT_EQ(problem_of(with(certificate_.path(), "/nowhere")), "collect.tls_key_file");
    EXPECT_EQ(problem_of(with(certificate_.path(), certificate_.path())), "collect.tls_key_file");
}

TEST_F(CollectCertificate, IsWarnedAboutInTheLastTwoWeeks) {
    announce(days(15));
    EXPECT_EQ(logger_.count(LogLevel::Warn), 0u);
    EXPECT_EQ(logger_.count(LogLevel::Info), 1u);

    announce(days(14));
    EXPECT_EQ(logger_.count(LogLevel::Warn, "expires soon"), 1u);

    announce(days(0));
    EXPECT_EQ(logger_.count(LogLevel::Warn, "has expired"), 1u);
}

}  // namespace
}  // namespace pinrelay::app
