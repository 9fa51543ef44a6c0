// The whole relay in one process with a local Pinterest over real TLS: what only the parts together can show.
#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "fixtures/silent_logger.hpp"
#include "mock_pinterest/mock_pinterest.hpp"
#include "pinrelay/app/application.hpp"

namespace pinrelay {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 20s;
constexpr const char* token = "pina_component_test_token";
constexpr const char* account = "549755885175";

class RelayTest : public testing::Test {
protected:
    RelayTest() : folder_(std::filesystem::path(testing::TempDir()) / unique_name()) {
        std::filesystem::create_directories(folder_);
        std::ofstream(ca_file()) << pinterest_.ca_pem();
    }
    ~RelayTest() override {
        relay_.reset();
        std::filesystem::remove_all(folder_);
    }

    static std::string unique_name() {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        return std::string("pinrelay-") + info->name() + "-" + std::to_string(getpid());
    }
    static mock::Options mock_options() {
        mock::Options options;
        options.policy.closed_user_data = true;
        options.tokens = {token};
        options.accounts = {{account, std::nullopt}};
        return options;
    }
    std::filesystem::path ca_file() const { return folder_ / "ca.pem"; }

    config::Config settings() const {
        config::Config config;
        config.listen = config.admin = "127.0.0.1:0";
        config.data_dir = folder_ / "data";
        config.endpoint = pinterest_.url();
        config.ca_file = ca_file();
        config.batch_linger = 20ms;
        config.retry_base = 20ms;
        config.retry_cap = 50ms;
        config.shutdown_grace = 5s;
        config.accounts.resize(1);
        config.accounts[0].ad_account_id = account;
        config.accounts[0].access_token = Secret(token);
        return config;
    }
    void start(config::Config config) {
        wanted_ = config;
        relay_ = app::start(
            std::move(config),
            [this] {
                return config::Loaded{wanted_, problems_};
            },
            logger_);
    }

    // The status of one request on a connection of its own.
    int post(const std::string& body, const std::string& path = "/collect") {
        boost::asio::ip::tcp::iostream stream;
        stream.expires_after(patience);
        stream.connect(relay_->collect_endpoint());
        stream << "POST " << path
               << " HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nContent-Length: " << body.size()
               << "\r\n\r\n"
               << body << std::flush;
        std::string version;
        int status = 0;
        stream >> version >> status;
        return status;
    }
    static std::string event(const std::string& id) {
        return R"({"event":"sign_up","event_id":")" + id + R"(","user_data":{"email":"ada@example.com"}})";
    }

    std::filesystem::path folder_;
    config::Config wanted_;  // what a reload finds
    std::vector<config::Problem> problems_;
    test::SilentLogger logger_;
    mock::MockPinterest pinterest_{mock_options()};
    std::unique_ptr<app::Application> relay_;
};

TEST_F(RelayTest, DeliversOverTlsOnOneKeptConnection) {
    auto config = settings();
    config.concurrency = 1;
    start(config);

    for (int i = 0; i < 5; ++i) {
        ASSERT_EQ(post(event("e-" + std::to_string(i))), 204);
        ASSERT_TRUE(pinterest_.wait_for_events(static_cast<std::uint64_t>(i) + 1, patience));
    }

    const auto summary = pinterest_.summary();
    EXPECT_EQ(summary.processed, 5U);
    EXPECT_EQ(summary.duplicates, 0U);
    EXPECT_EQ(summary.connections, 1U);
}

TEST_F(RelayTest, SendsEachEventToTheAccountThatItsRouteNames) {
    auto config = settings();
    config.accounts[0].measurement_ids = {"G-OTHER"};
    config.accounts.push_back(config.accounts[0]);
    config.accounts[0].ad_account_id = account;
    config.accounts[1].ad_account_id = "549000000000";
    config.accounts[1].measurement_ids = {};
    start(config);

    ASSERT_EQ(post(R"({"client_id":"1.2","user_data":{"sha256_email_address":")" + std::string(64, 'a') +
                       R"("},"events":[{"name":"sign_up","params":{"event_id":"routed"}}]})",
                   "/mp/collect?measurement_id=G-OTHER"),
              204);
    ASSERT_TRUE(pinterest_.wait_for_events(1, patience));
    ASSERT_EQ(post(event("unrouted")), 204);
    ASSERT_TRUE(pinterest_.wait_for_requests(2, patience));

    EXPECT_EQ(pinterest_.requests()[0].account, account);
    EXPECT_EQ(pinterest_.requests()[0].status, 200);
    EXPECT_EQ(pinterest_.requests()[1].account, "549000000000");
    EXPECT_EQ(pinterest_.requests()[1].status, 403) << "the local Pinterest knows the first account only";
}

TEST_F(RelayTest, AsksForTestModeInTheQueryAndKeepsItsBatchesSmall) {
    auto config = settings();
    config.accounts[0].test_mode = true;
    start(config);
    std::string body = "[" + event("t-0");
    for (int i = 1; i < 45; ++i) body += "," + event("t-" + std::to_string(i));

    ASSERT_EQ(post(body + "]"), 204);
    ASSERT_TRUE(pinterest_.wait_for_events(45, patience));

    EXPECT_EQ(pinterest_.summary().test_events, 45U);
    for (const auto& request : pinterest_.requests()) {
        EXPECT_TRUE(request.test);
        EXPECT_LE(request.events, 20U);
    }
}

TEST_F(RelayTest, StopsWithTheRestOnDiskAndSendsItAfterTheNextStart) {
    mock::Rule away;
    away.fault = mock::Fault::Status;
    away.status = 503;
    away.times.reset();
    pinterest_.play({away});
    auto config = settings();
    config.shutdown_grace = 200ms;
    start(config);
    ASSERT_EQ(post(event("kept")), 204);

    relay_->stop();
    relay_->wait();
    relay_.reset();
    pinterest_.play({});
    start(settings());

    ASSERT_TRUE(pinterest_.wait_for_events(1, patience));
    EXPECT_EQ(pinterest_.events()[0].event_id, "kept");
}

TEST_F(RelayTest, ServesManyConnectionsAtOnceAndLosesNothing) {
    start(settings());
    constexpr int threads = 4;
    constexpr int each = 25;
    std::atomic<int> taken = 0;

    std::vector<std::thread> senders;
    for (int t = 0; t < threads; ++t)
        senders.emplace_back([&, t] {
            for (int i = 0; i < each; ++i)
                taken += post(event(std::to_string(t) + "-" + std::to_string(i))) == 204 ? 1 : 0;
        });
    for (auto& sender : senders) sender.join();

    EXPECT_EQ(taken, threads * each);
    ASSERT_TRUE(pinterest_.wait_for_events(threads * each, patience));
    EXPECT_EQ(pinterest_.summary().unique, static_cast<std::uint64_t>(threads * each));
}

TEST_F(RelayTest, SaysClearlyThatAPortIsTaken) {
    start(settings());
    auto second = settings();
    second.data_dir = folder_ / "second";
    second.listen = "127.0.0.1:" + std::to_string(relay_->collect_endpoint().port());

    try {
        app::start(
            second, [] { return config::Loaded(); }, logger_);
        FAIL() << "two listeners on one port";
    } catch (const std::runtime_error& refused) {
        EXPECT_NE(std::string(refused.what()).find(second.listen), std::string::npos) << refused.what();
    }
}

}  // namespace
}  // namespace pinrelay
