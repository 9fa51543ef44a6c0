#include "cli/watch/status_text.hpp"

#include <gtest/gtest.h>

namespace pinrelay::cli {
namespace {

constexpr const char* well =
    R"({"version":"1.2.3","process":"4711","started":1000,"now":8800,"ready":true,"accounts":[)"
    R"({"account":"pinterest:1","delivery":"working","pending":3,"waiting_alone":1,"last_answer":"200",)"
    R"("answered":8796,"accepted":1234567,"delivered":1234000,"dropped":500,"dead_lettered":1,"duplicates":20,)"
    R"("oldest_event":8780,"per_minute":{"accepted":60,"delivered":58,"dropped":2}}],)"
    R"("reasons":[{"account":"pinterest:1","reason":"no_match_keys","count":1200,"advice":"send an identifier"},)"
    R"({"account":"none","reason":"bot","count":7}],)"
    R"("refusals":[{"code":"not_json","count":2,"advice":"look at the sender"}]})";

constexpr const char* paused =
    R"({"version":"1.2.3","process":"4711","started":1000,"now":8800,"ready":true,"accounts":[)"
    R"({"account":"pinterest:2","delivery":"paused","pending":3,"waiting_alone":0,"reason":"look at the token",)"
    R"("attempts":5,"since":8400,"next_try":8830,"accepted":3,"delivered":0,"dropped":0,"dead_lettered":0,)"
    R"("duplicates":0,"oldest_event":1200,"per_minute":{"accepted":0,"delivered":0,"dropped":0}}],)"
    R"("reasons":[],"refusals":[]})";

TEST(StatusText, HasAccountsAndWhatWasDropped) {
    const auto status = status_text(well, false);

    ASSERT_TRUE(status);
    EXPECT_TRUE(status->is_well);
    EXPECT_EQ(status->text, R"(pinrelay 1.2.3, process 4711, started 2h 10m ago: ready

pinterest:1: healthy
  last minute   60 accepted, 58 delivered, 2 dropped
  in all        1,234,567 accepted, 1,234,000 delivered, 500 dropped, 1 dead letter, 20 duplicates
  waiting       3 to be delivered, the oldest happened 20s ago, 1 of them alone
  last answer   200, 4s ago

Events dropped in the last hour
  1,200  no_match_keys  pinterest:1  send an identifier
  7      bot            none

Requests refused in the last hour
  2  not_json  look at the sender
)");
}

TEST(StatusText, SaysWhyAnAccountIsPausedAndWhatIsLate) {
    const auto status = status_text(paused, false);

    ASSERT_TRUE(status);
    EXPECT_FALSE(status->is_well);
    EXPECT_EQ(status->text, R"(pinrelay 1.2.3, process 4711, started 2h 10m ago: ready

pinterest:2: paused until somebody acts
  why           look at the token
  since         6m, 5 failed attempts
  next try      in 30s
  last minute   0 accepted, 0 delivered, 0 dropped
  in all        3 accepted, 0 delivered, 0 dropped, 0 dead letters, 0 duplicates
  waiting       3 to be delivered, the oldest happened 2h 6m ago, more than an hour
)");
}

TEST(StatusText, SaysWhyTheRelayIsNotReady) {
    const auto status =
        status_text(R"({"version":"1","process":"1","started":0,"now":9,"ready":false,"not_ready":"the store is full",)"
                    R"("accounts":[]})",
                    true);

    ASSERT_TRUE(status);
    EXPECT_FALSE(status->is_well);
    EXPECT_EQ(status->text, "pinrelay 1, process 1, started 9s ago: \x1b[31mnot ready, the store is full\x1b[0m\n");
}

TEST(StatusText, IsNoneOfAnotherAnswer) {
    for (const auto* other : {"", "ready", "{}", "[]", R"({"accounts":3})"})
        EXPECT_FALSE(status_text(other, false)) << other;
}

}  // namespace
}  // namespace pinrelay::cli
