#include "admin/status.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace pinrelay::admin {
namespace {

using namespace std::chrono_literals;

StatusReport report() {
    StatusReport report;
    report.version = "1.2.3";
    report.started = Time(1'713'571'200s);
    report.now = Time(1'713'571'260s);
    AccountStatus account;
    account.state.name = "pinterest:1";
    account.state.delivery = "working";
    account.state.pending = 4;
    account.total = {10, 5, 1};
    account.per_minute = {3, 2, 1};
    account.dead_lettered = 2;
    account.duplicates = 1;
    account.oldest_event = Time(1'713'571'250s);
    report.accounts = {account};
    report.reasons = {{"pinterest:1", "bot", 7, ""}, {"none", "no_account", 1, "add the host"}};
    report.refusals = {{"not_json", 2, "look at the sender"}};
    return report;
}

TEST(StatusJson, HasAccountsDropsAndRefusals) {
    const std::string process = std::to_string(::getpid());

    EXPECT_EQ(status_json(report(), std::nullopt),
              R"({"version":"1.2.3","process":")" + process +
                  R"(","started":1713571200,"now":1713571260,"ready":true,"accounts":[{"account":"pinterest:1",)"
                  R"("delivery":"working","pending":4,"waiting_alone":0,"accepted":10,"delivered":5,"dropped":1,)"
                  R"("dead_lettered":2,"duplicates":1,"oldest_event":1713571250,)"
                  R"("per_minute":{"accepted":3,"delivered":2,"dropped":1}}],)"
                  R"("reasons":[{"account":"pinterest:1","reason":"bot","count":7},)"
                  R"({"account":"none","reason":"no_account","count":1,"advice":"add the host"}],)"
                  R"("refusals":[{"code":"not_json","count":2,"advice":"look at the sender"}]})"
                  "\n");
}

TEST(StatusJson, SaysWhyTheRelayIsNotReady) {
    EXPECT_NE(status_json({}, "the store is full").find(R"("ready":false,"not_ready":"the store is full")"),
              std::string::npos);
}

}  // namespace
}  // namespace pinrelay::admin
