#include "cli/spool/delivery_table.hpp"

#include <gtest/gtest.h>

namespace pinrelay::cli {
namespace {

using namespace std::chrono_literals;
using Row = std::vector<std::string>;

constexpr const char* body =
    R"({"process":"4711","accounts":[)"
    R"({"account":"pinterest:1","delivery":"working","pending":0,"waiting_alone":2,"last_answer":"200","answered":990},)"
    R"({"account":"pinterest:2","delivery":"paused","pending":3,"waiting_alone":0,"reason":"look at the token",)"
    R"("attempts":5,"since":400,"next_try":1030,"last_answer":"401","answered":970}]})";

TEST(DeliveryTable, ReadsWhatTheAdminPortSays) {
    const auto answer = read_delivery_answer(body);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->process, "4711");
    EXPECT_EQ(answer->accounts.at("pinterest:2").reason, "look at the token");
    EXPECT_EQ(answer->accounts.at("pinterest:2").since, Time(400s));
}

TEST(DeliveryTable, RefusesWhatIsSomethingElse) {
    for (const auto* other : {"", "ready", "{}", "[]", R"({"accounts":3})"})
        EXPECT_FALSE(read_delivery_answer(other)) << other;
}

TEST(DeliveryTable, HasARowForEachAccount) {
    const auto table =
        delivery_table({"pinterest:1", "pinterest:2", "pinterest:9"}, *read_delivery_answer(body), Time(1000s));

    ASSERT_EQ(table.size(), 4u);
    EXPECT_EQ(table[1], (Row{"pinterest:1", "working", "-", "-", "-", "200, 10s ago", "2", "-"}));
    EXPECT_EQ(table[2],
              (Row{"pinterest:2", "paused", "10m ago", "5", "in 30s", "401, 30s ago", "0", "look at the token"}));
    EXPECT_EQ(table[3], (Row{"pinterest:9", "not configured", "-", "-", "-", "-", "-", "its events wait"}));
}

}  // namespace
}  // namespace pinrelay::cli
