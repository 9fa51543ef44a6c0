#include "app/machine/service_manager.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdlib>
#include <filesystem>

#include "app/machine/heartbeat.hpp"
#include "fixtures/test_logger.hpp"

namespace pinrelay::app {
namespace {
using namespace std::chrono_literals;

// What systemd does: a datagram socket with a name.
class Manager {
public:
    explicit Manager(std::string name)
        : name_(std::move(name)), socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::ranges::copy(name_, address.sun_path);
        const bool is_abstract = name_.front() == '@';
        if (is_abstract) address.sun_path[0] = '\0';
        const auto size = offsetof(sockaddr_un, sun_path) + name_.size() + (is_abstract ? 0 : 1);
        bound_ = ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(size)) == 0;
    }
    ~Manager() {
        ::close(socket_);
        if (name_.front() != '@') ::unlink(name_.c_str());
    }
    Manager(const Manager&) = delete;
    Manager& operator=(const Manager&) = delete;

    bool is_bound() const { return bound_; }

    // The oldest report; "" where there is none. A local datagram has arrived when the call that sent it returns.
    std::string next() const {
        std::array<char, 512> text{};
        const auto size = ::recv(socket_, text.data(), text.size(), 0);
        return size < 0 ? "" : std::string(text.data(), static_cast<std::size_t>(size));
    }

private:
    std::string name_;
    int socket_;
    bool bound_ = false;
};

std::string unused_name(bool abstract) {
    const auto name = "pinrelay-notify-" + std::to_string(::getpid());
    return abstract ? "@" + name : (std::filesystem::temp_directory_path() / name).string();
}

TEST(ServiceManager, ReportsToASocketWithAPathOrAnAbstractName) {
    for (const bool abstract : {false, true}) {
        const Manager systemd(unused_name(abstract));
        ASSERT_TRUE(systemd.is_bound());
        const ServiceManager manager(unused_name(abstract));

        manager.ready("taking events");
        manager.reloading();
        manager.status("3 events wait");
        manager.feed_watchdog();
        manager.stopping();

        EXPECT_EQ(systemd.next(), "READY=1\nSTATUS=taking events");
        const std::string reloading = systemd.next();
        EXPECT_TRUE(reloading.starts_with("RELOADING=1\nMONOTONIC_USEC=")) << reloading;
        EXPECT_EQ(systemd.next(), "STATUS=3 events wait");
        EXPECT_EQ(systemd.next(), "WATCHDOG=1");
        EXPECT_EQ(systemd.next(), "STOPPING=1");
        EXPECT_EQ(systemd.next(), "");
    }
}

TEST(ServiceManager, DoesNothingWhereNobodyListens) {
    for (const auto& socket : {std::string("@"), std::string("/nowhere/notify"), "/" + std::string(500, 'x'),
                               std::string("notify"), std::string("vsock:2:1234"), std::string("@nobody\n")})
        EXPECT_FALSE(ServiceManager(socket).ready("x")) << socket;
    EXPECT_TRUE(ServiceManager().ready("x"));
    EXPECT_FALSE(ServiceManager().is_there());
}

TEST(ServiceManager, IsTheOneOfTheEnvironment) {
    const auto with = [](const char* pid) {
        ::setenv("NOTIFY_SOCKET", "@somewhere", 1);
        ::setenv("WATCHDOG_USEC", "30000000", 1);
        ::setenv("WATCHDOG_PID", pid, 1);
        auto manager = ServiceManager::of_environment();
        for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
        return manager;
    };

    const auto own = with(std::to_string(::getpid()).c_str());
    EXPECT_TRUE(own.is_there());
    EXPECT_EQ(own.watchdog(), std::chrono::microseconds(30s));
    EXPECT_FALSE(with("1").watchdog()) << "somebody else is watched";
    EXPECT_FALSE(ServiceManager::of_environment().is_there());
}

struct HeartbeatTest : testing::Test {
    Manager systemd{unused_name(true)};
    ServiceManager manager{unused_name(true), 30s};
    boost::asio::io_context context;
    test::TestLogger logger;
    std::vector<std::function<void()>> asked;
    std::string status = "no event waits";
    Heartbeat heartbeat{context,
                        manager,
                        {[](const std::function<void()>& done) { done(); },
                         [this](std::function<void()> done) { asked.push_back(std::move(done)); }},
                        [this] { return status; },
                        logger};
};

TEST_F(HeartbeatTest, FeedsTheWatchdogOnlyOnceEveryPartHasAnswered) {
    heartbeat.start();
    EXPECT_EQ(systemd.next(), "READY=1\nSTATUS=no event waits");

    heartbeat.beat();
    heartbeat.beat();
    EXPECT_EQ(systemd.next(), "");
    EXPECT_EQ(logger.count(LogLevel::Error), 1u);

    ASSERT_EQ(asked.size(), 1u) << "a part that hangs is not asked again";
    asked[0]();
    heartbeat.beat();
    EXPECT_EQ(systemd.next(), "WATCHDOG=1");
    EXPECT_EQ(asked.size(), 2u);

    heartbeat.beat();
    EXPECT_EQ(systemd.next(), "") << "each beat wants an answer of its own";
}

// The queue of a manager that is busy is full after some reports. Without READY=1 it would end the process.
TEST_F(HeartbeatTest, ReportsThatItIsReadyUntilTheManagerTakesIt) {
    std::size_t queued = 0;
    while (manager.ready("a former one") && queued < 10'000) ++queued;
    ASSERT_LT(queued, 10'000u) << "the queue is never full";

    heartbeat.start();
    heartbeat.beat();
    EXPECT_EQ(logger.count(LogLevel::Warn), 1u);
    while (systemd.next() == "READY=1\nSTATUS=a former one") --queued;
    EXPECT_EQ(queued, 0u) << "nothing else was queued";
    heartbeat.beat();

    EXPECT_EQ(systemd.next(), "READY=1\nSTATUS=no event waits");
}

TEST(Heartbeat, BeatsThreeTimesInTheWatchdogsTimeAndNeverWithoutAPause) {
    EXPECT_EQ(Heartbeat::pause(std::nullopt), 10s);
    EXPECT_EQ(Heartbeat::pause(60s), 10s);
    EXPECT_EQ(Heartbeat::pause(3s), 1s);
    EXPECT_EQ(Heartbeat::pause(1us), 10ms);
    EXPECT_EQ(Heartbeat::pause(std::chrono::microseconds::max()), 10s);
}

TEST_F(HeartbeatTest, ReportsTheStatusWhenItChanges) {
    heartbeat.start();
    systemd.next();
    heartbeat.beat();
    status = "7 events wait";
    heartbeat.beat();
    heartbeat.beat();

    EXPECT_EQ(systemd.next(), "STATUS=7 events wait");
    EXPECT_EQ(systemd.next(), "");
}

}  // namespace
}  // namespace pinrelay::app
