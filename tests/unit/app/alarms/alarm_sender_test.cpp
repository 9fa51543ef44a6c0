#include "app/alarms/alarm_sender.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include "fixtures/counting_metrics.hpp"
#include "fixtures/scripted_client.hpp"
#include "fixtures/test_logger.hpp"

namespace pinrelay::app {
namespace {
using namespace std::chrono_literals;

alarms::Message message_of(const std::string& account) {
    alarms::Message message;
    message.account = account;
    return message;
}

class AlarmSenderTest : public testing::Test {
protected:
    AlarmSenderTest() {
        auto scripted = std::make_unique<test::ScriptedClient>(context);
        client = scripted.get();
        webhook =
            std::make_shared<Webhook>(WebhookTarget{"https://hooks.example", "/token", "k=1"}, std::move(scripted));
        sender.use(webhook);
    }

    void answer(int status) {
        client->answer = [status](const http::Request&) { return http::Response{status, {}, ""}; };
    }

    void run() {
        context.restart();
        context.run();
    }

    std::vector<std::string> bodies() const {
        std::vector<std::string> all;
        for (const auto& request : client->requests) all.push_back(request.body);
        return all;
    }

    boost::asio::io_context context{1};  // as the relay's
    test::CountingMetrics metrics;
    test::TestLogger logger;
    std::vector<std::string> lost;  // accounts
    test::ScriptedClient* client = nullptr;
    std::shared_ptr<Webhook> webhook;
    AlarmSender sender{context, metrics, logger,
                       [this](const alarms::Message& message) { lost.push_back(message.account); },
                       AlarmSender::Waits{0ms, 0ms, 0ms}};
};

TEST_F(AlarmSenderTest, PostsEachMessageInOrder) {
    answer(200);
    sender.send(message_of("a"), "first");
    sender.send(message_of("b"), "second");
    run();

    EXPECT_EQ(bodies(), (std::vector<std::string>{"first", "second"}));
    EXPECT_EQ(client->most_in_flight, 1U);
    const auto& request = client->requests.front();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/token");
    EXPECT_EQ(request.query, "k=1");
    EXPECT_EQ(*request.header("content-type"), "application/json");
    EXPECT_EQ(metrics["alarm_taken"], 2U);
    EXPECT_TRUE(lost.empty());
}

TEST_F(AlarmSenderTest, TriesFourTimesAndThenGivesUp) {
    for (const int status : {500, 503, 429, 408}) {
        client->requests.clear();
        answer(status);
        sender.send(message_of("a"), "text");
        run();
        EXPECT_EQ(client->requests.size(), 4U) << status;
    }
    client->requests.clear();
    client->answer = [](const http::Request&) { return net::Failure{net::ClientErrc::NotSent, "no route"}; };
    sender.send(message_of("b"), "text");
    run();

    EXPECT_EQ(client->requests.size(), 4U);
    EXPECT_EQ(metrics["alarm_lost"], 5U);
    EXPECT_EQ(lost.back(), "b");
    EXPECT_EQ(logger.count(LogLevel::Error, "reason=no route"), 1U);
}

TEST_F(AlarmSenderTest, TriesOnceWhereTheReceiverRefuses) {
    for (const int status : {302, 400, 401, 404, 410}) {
        client->requests.clear();
        answer(status);
        sender.send(message_of("a"), "text");
        run();
        EXPECT_EQ(client->requests.size(), 1U) << status;
    }
    EXPECT_EQ(metrics["alarm_lost"], 5U);
}

TEST_F(AlarmSenderTest, GoesOnAfterAFailure) {
    int calls = 0;
    client->answer = [&calls](const http::Request&) { return http::Response{++calls == 1 ? 503 : 200, {}, ""}; };
    sender.send(message_of("a"), "text");
    run();

    EXPECT_EQ(metrics["alarm_taken"], 1U);
    EXPECT_TRUE(lost.empty());
}

TEST_F(AlarmSenderTest, LogsNothingOfTheUrl) {
    answer(404);
    sender.send(message_of("a"), "text");
    run();

    for (const auto& line : logger.lines()) EXPECT_EQ(line.text.find("/token"), std::string::npos) << line.text;
    EXPECT_EQ(logger.count(LogLevel::Error), 1U);
}

TEST_F(AlarmSenderTest, KeepsAHundredMessagesAtMostAndLosesTheOldest) {
    client->hold();
    for (std::size_t i = 0; i < AlarmSender::most_waiting; ++i) sender.send(message_of(std::to_string(i)), "");
    context.poll();
    sender.send(message_of("one more"), "");

    EXPECT_EQ(lost, std::vector<std::string>{"1"}) << "0 is under way";
    answer(200);
    client->release();
    run();
    EXPECT_EQ(metrics["alarm_taken"], AlarmSender::most_waiting);
}

TEST_F(AlarmSenderTest, LosesWhatWaitsWhenTheReceiverIsTakenAway) {
    sender.use(nullptr);
    sender.send(message_of("a"), "text");
    run();

    EXPECT_EQ(lost, std::vector<std::string>{"a"});
}

// With waits that no test outlasts.
class PatientSender : public AlarmSenderTest {
protected:
    PatientSender() { patient.use(webhook); }

    AlarmSender patient{context, metrics, logger,
                        [this](const alarms::Message& message) { lost.push_back(message.account); },
                        AlarmSender::Waits{1h, 1h, 1h}};
    bool stopped = false;
};

TEST_F(PatientSender, StopsInTheMiddleOfATry) {
    client->hold();
    patient.send(message_of("a"), "first");
    patient.send(message_of("b"), "second");
    context.poll();
    patient.stop([this] { stopped = true; });
    run();

    EXPECT_TRUE(stopped);
    EXPECT_EQ(lost, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(client->requests.size(), 1U);
    patient.send(message_of("c"), "third");
    EXPECT_EQ(lost.back(), "c");
}

TEST_F(PatientSender, StopsWhileAReceiverIsSilent) {
    namespace ip = boost::asio::ip;
    ip::tcp::acceptor silent(context, ip::tcp::endpoint(ip::address_v4::loopback(), 0));
    config::Config config;
    config.webhook = Secret("http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/");
    patient.use(make_webhook(context, config));
    ip::tcp::socket peer(context);
    std::array<char, 100> bytes{};
    silent.async_accept(peer, [&](const boost::system::error_code&) {
        peer.async_read_some(boost::asio::buffer(bytes), [&](const boost::system::error_code&, std::size_t) {
            boost::asio::post(context, [this] { patient.stop([this] { stopped = true; }); });
        });
    });
    patient.send(message_of("a"), "text");
    run();

    EXPECT_TRUE(stopped);
    EXPECT_EQ(lost, std::vector<std::string>{"a"});
}

TEST_F(PatientSender, StopsBetweenTwoTries) {
    answer(503);
    patient.send(message_of("a"), "text");
    context.poll();
    patient.stop([this] { stopped = true; });
    run();

    EXPECT_TRUE(stopped);
    EXPECT_EQ(client->requests.size(), 1U);
    EXPECT_EQ(lost, std::vector<std::string>{"a"});
}

TEST_F(AlarmSenderTest, StopsAtOnceWhereNothingIsUnderWay) {
    bool stopped = false;
    sender.stop([&stopped] { stopped = true; });

    EXPECT_TRUE(stopped);
}

}  // namespace
}  // namespace pinrelay::app
