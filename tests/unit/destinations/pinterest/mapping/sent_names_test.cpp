#include "pinrelay/destinations/pinterest/sent_names.hpp"

#include <gtest/gtest.h>

#include "../fixture.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

std::string text_of_sent_names(std::string_view name, const Settings& settings = test::settings()) {
    const SentNames sent = sent_names(settings, name);
    std::string text = sent.problem ? "! " + *sent.problem : "";
    for (const auto& [event_name, custom_name] : sent.names)
        text += (text.empty() ? "" : " ") + event_name + (custom_name.empty() ? "" : "/" + custom_name);
    return text;
}

Settings with_sending_rule(EventRule rule) {
    auto settings = test::settings();
    settings.rules = {std::move(rule)};
    return settings;
}

TEST(SentNames, FindWhatAnEventIsSentAs) {
    for (const char* name : {"purchase", "Purchase", "checkout", "buy", "order_completed", "dl_purchase"})
        EXPECT_EQ(text_of_sent_names(name), "checkout") << name;
    EXPECT_EQ(text_of_sent_names("view_item"), "page_visit");
    EXPECT_EQ(text_of_sent_names("begin_checkout"), "custom/BeginCheckout");
    EXPECT_EQ(text_of_sent_names("custom"), "custom") << "any of them";
}

TEST(SentNames, KnowWhatOnlyAppsSend) { EXPECT_EQ(text_of_sent_names("first_open"), "app_install"); }

TEST(SentNames, FollowTheAccountsRules) {
    EXPECT_EQ(text_of_sent_names("purchase", with_sending_rule({"purchase", false, "lead", std::nullopt, {}})), "lead");
    EXPECT_EQ(text_of_sent_names("order_paid", with_sending_rule({"order_paid", false, "checkout", std::nullopt, {}})),
              "checkout");
    EXPECT_EQ(text_of_sent_names("order_paid", with_sending_rule({"order_paid", false, "custom", "Paid", {}})),
              "custom/Paid");
    EXPECT_EQ(text_of_sent_names("purchase", with_sending_rule({"purchase", true, std::nullopt, std::nullopt, {}})),
              "! is not sent by this account's mapping, so that nothing can be required of it");
}

TEST(SentNames, NameWhatIsMeant) {
    auto sends_all = test::settings();
    sends_all.unknown_events = UnknownEvents::Custom;

    EXPECT_EQ(text_of_sent_names("purchas"), "! is no event name that this account sends; is \"purchase\" meant?");
    EXPECT_EQ(text_of_sent_names("purchas", sends_all),
              "! is no event name that this account sends; is \"purchase\" meant?");
    EXPECT_EQ(text_of_sent_names("our_own_thing"), "! is no event name that this account sends");
    EXPECT_EQ(text_of_sent_names("our_own_thing", sends_all), "custom/our_own_thing");
}

}  // namespace
}  // namespace pinrelay::destinations::pinterest
