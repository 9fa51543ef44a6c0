#include "app/alarms/alarm_keeper.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "fixtures/counting_metrics.hpp"
#include "fixtures/scripted_client.hpp"
#include "fixtures/temporary_directory.hpp"
#include "fixtures/test_logger.hpp"
#include "pinrelay/config/file_text.hpp"

namespace pinrelay::app {
namespace {
using namespace std::chrono_literals;

class AlarmKeeperTest : public testing::Test {
protected:
    // A keeper that is new, as after a start of the process, and the requests to its webhook.
    struct Run {
        std::unique_ptr<boost::asio::io_context> context = std::make_unique<boost::asio::io_context>();
        std::unique_ptr<AlarmKeeper> keeper{};
        test::ScriptedClient* client = nullptr;

        // Without the minute's timer.
        void poll() {
            context->restart();
            context->poll();
        }
        void stop() {
            keeper->stop([] {});
            poll();
        }
        std::size_t requests() const { return client->requests.size(); }
    };

    Run start() {
        Run run;
        run.keeper = std::make_unique<AlarmKeeper>(
            AlarmKeeper::Parts{*run.context, metrics, logger, [this] { return now; }, [this] { return seen; },
                               folder.path(), AlarmSender::Waits{0ms, 0ms, 0ms}});
        auto client = std::make_unique<test::ScriptedClient>(*run.context);
        run.client = client.get();
        AlarmSettings settings;
        settings.webhook =
            std::make_shared<Webhook>(WebhookTarget{"https://hooks.example", "/", ""}, std::move(client));
        settings.kinds = kinds;
        run.keeper->use(std::move(settings));
        run.keeper->start();
        run.poll();
        return run;
    }

    void look(Run& run, bool full) {
        now += 1min;
        seen.store_full = full;
        run.keeper->look();
        run.poll();
    }

    std::filesystem::path file() const { return folder.path() / "alarms.json"; }

    test::TemporaryDirectory folder;
    test::CountingMetrics metrics;
    test::TestLogger logger;
    Time now{std::chrono::hours(490'000)};
    alarms::Observation seen;
    std::set<alarms::Kind> kinds{alarms::Kind::StoreFull};
};

TEST_F(AlarmKeeperTest, ReportsToTheLogTheMetricsAndTheWebhook) {
    Run run = start();
    look(run, true);

    ASSERT_EQ(run.requests(), 1U);
    EXPECT_NE(run.client->requests[0].body.find(R"("alarm":"store_full","state":"begun")"), std::string::npos);
    EXPECT_EQ(logger.count(LogLevel::Warn, "an alarm begins alarm=store_full"), 1U);
    EXPECT_EQ(metrics["alarm::store_full"], 1U);

    look(run, false);
    EXPECT_EQ(run.requests(), 2U);
    EXPECT_EQ(logger.count(LogLevel::Info, "an alarm is over alarm=store_full"), 1U);
    EXPECT_EQ(metrics["alarm::store_full"], 0U);
    run.stop();
}

TEST_F(AlarmKeeperTest, SendsOnlyTheKindsThatAreWanted) {
    kinds = {alarms::Kind::Paused};
    Run run = start();
    look(run, true);

    EXPECT_EQ(run.requests(), 0U);
    EXPECT_EQ(logger.count(LogLevel::Warn, "an alarm begins"), 1U);
    run.stop();
}

TEST_F(AlarmKeeperTest, SendsNothingWithoutAWebhook) {
    Run run = start();
    run.keeper->use({});
    look(run, true);

    EXPECT_EQ(logger.count(LogLevel::Warn, "an alarm begins"), 1U);
    EXPECT_EQ(metrics["alarm_taken"] + metrics["alarm_lost"], 0U);
    run.stop();
}

TEST_F(AlarmKeeperTest, GoesOnAfterARestart) {
    Run before = start();
    look(before, true);
    before.stop();

    Run after = start();
    look(after, true);
    EXPECT_EQ(after.requests(), 0U) << "the beginning was reported already";
    look(after, false);
    EXPECT_EQ(after.requests(), 1U);
    after.stop();
}

TEST_F(AlarmKeeperTest, RepeatsABeginningThatNobodyTookAfterAnHour) {
    Run run = start();
    run.client->answer = [](const http::Request&) { return http::Response{404, {}, ""}; };
    look(run, true);
    ASSERT_EQ(run.requests(), 1U);

    look(run, true);
    EXPECT_EQ(run.requests(), 1U);
    now += 1h;
    look(run, true);
    EXPECT_EQ(run.requests(), 2U);
    run.stop();
}

TEST_F(AlarmKeeperTest, BeginsAnewWithADamagedFile) {
    std::ofstream(file()) << "{";
    Run run = start();
    look(run, true);
    run.stop();

    EXPECT_EQ(run.requests(), 1U);
    EXPECT_EQ(logger.count(LogLevel::Warn, "the state of the alarms cannot be read"), 1U);
    EXPECT_NE(config::read_file(file()).text.value_or("").find("store_full"), std::string::npos);
}

TEST_F(AlarmKeeperTest, ReportsOnceThatTheFileCannotBeWritten) {
    std::filesystem::create_directories(folder.path() / "alarms.json.new" / "in the way");
    Run run = start();
    for (int i = 0; i < 3; ++i) {
        now += 1h;
        look(run, false);
    }
    run.stop();

    EXPECT_EQ(logger.count(LogLevel::Warn, "the state of the alarms cannot be written"), 1U);
}

}  // namespace
}  // namespace pinrelay::app
