#include "app/trust/requirements.hpp"

#include <gtest/gtest.h>

namespace pinrelay::app {
namespace {

using model::Trust;

Trust least_for(std::vector<std::string> senders) {
    config::Account account;
    account.ad_account_id = "1";
    account.require = {{"", "purchase", std::move(senders)}};
    return requirements(account).at(0).least;
}

TEST(Requirements, AreMetByTheLeastOfTheSendersAndAllBetterOnes) {
    EXPECT_EQ(least_for({"signing_keys"}), Trust::Signed);
    EXPECT_EQ(least_for({"signing_keys", "keys"}), Trust::Key);
    EXPECT_EQ(least_for({"signing_keys", "networks", "keys"}), Trust::Network);
    EXPECT_EQ(least_for({"browsers", "keys"}), Trust::Browser);
}

TEST(Requirements, HoldForTheNameThatIsSent) {
    config::Account account;
    account.ad_account_id = "1";
    account.require = {{"", "purchase", {"keys"}}, {"", "begin_checkout", {"keys"}}};

    const auto list = requirements(account);

    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].event_name, "checkout");
    EXPECT_EQ(list[1].event_name, "custom");
    EXPECT_EQ(list[1].custom_name, "BeginCheckout");
}

}  // namespace
}  // namespace pinrelay::app
