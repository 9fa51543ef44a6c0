#include "ingest/visitor/consent_policy.hpp"

#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

#include <array>
#include <string>

namespace pinrelay::ingest {
namespace {

using model::Grant;

constexpr std::array policies = {ConsentPolicy::Respect, ConsentPolicy::Require, ConsentPolicy::Strip};

model::Event event_under(Grant ad_storage, Grant ad_user_data = Grant::Unset) {
    model::Event event;
    event.consent.ad_storage = ad_storage;
    event.consent.ad_user_data = ad_user_data;
    return event;
}

model::Event known_visitor() {
    model::Event event = event_under(Grant::Denied);
    event.event_id = "e1";
    event.transaction_id = "T1";
    event.page_location = "https://shop.example/?a=1&epik=x&b=2";
    event.page_referrer = "https://shop.example/?epik=x";
    event.ip_address = "203.0.113.7";
    event.user_agent = "Mozilla/5.0";
    event.client_id = "1.2";
    event.user_id = "u7";
    event.click_id = "x";
    event.cookie_click_id = "x";
    event.customer_type = "new";
    event.user_data.emails = {"jane@example.com"};
    event.user_data.regions = {"CA"};
    event.user_data.countries = {"US"};
    event.user_data.partner_id = "p";
    event.source = test::json(R"({"email":"jane@example.com"})");
    return event;
}

// "" where the event is sent.
std::string reason(ConsentPolicy policy, model::Event event) {
    const auto drop = apply(policy, event, test::arena());
    return drop ? std::string(drop->reason) : "";
}

TEST(ConsentPolicy, StripLeavesNothingThatIdentifiesThePerson) {
    model::Event event = known_visitor();

    const auto drop = apply(ConsentPolicy::Strip, event, test::arena());

    ASSERT_FALSE(drop);
    EXPECT_EQ(event.user_data, model::UserData{});
    for (const auto& id : {event.client_id, event.user_id, event.click_id, event.cookie_click_id, event.customer_type})
        EXPECT_EQ(id, std::nullopt);
    EXPECT_EQ(event.page_location, "https://shop.example/?a=1&b=2");
    EXPECT_EQ(event.page_referrer, "https://shop.example/");
    EXPECT_TRUE(event.source.is_null());
    EXPECT_EQ(event.opt_out, true);
}

TEST(ConsentPolicy, StripKeepsWhatPinterestCannotDoWithout) {
    model::Event event = known_visitor();

    apply(ConsentPolicy::Strip, event, test::arena());

    EXPECT_EQ(event.ip_address, "203.0.113.7");
    EXPECT_EQ(event.user_agent, "Mozilla/5.0");
    EXPECT_EQ(event.event_id, "e1");
    EXPECT_EQ(event.transaction_id, "T1");
}

TEST(ConsentPolicy, StripKeepsStateAndCountryUnderLimitedDataProcessing) {
    model::Event by_browser = known_visitor();
    model::Event by_sender = known_visitor();
    by_browser.consent.sale_opt_out = true;
    by_sender.opt_out_type = "LDP";

    for (auto* event : {&by_browser, &by_sender}) {
        apply(ConsentPolicy::Strip, *event, test::arena());

        EXPECT_EQ(event->user_data.regions, model::Texts{"CA"});
        EXPECT_EQ(event->user_data.countries, model::Texts{"US"});
        EXPECT_TRUE(event->user_data.emails.empty());
    }
}

TEST(ConsentPolicy, ChangesNothingThatIsNotRefused) {
    for (const Grant grant : {Grant::Granted, Grant::Unset}) {
        model::Event event = known_visitor();
        event.consent.ad_storage = grant;

        apply(ConsentPolicy::Strip, event, test::arena());

        EXPECT_EQ(event.user_data, known_visitor().user_data);
        EXPECT_EQ(event.opt_out, std::nullopt);
    }
}

TEST(ConsentPolicy, TakesAGrantOfOneOfTheTwoForAGrant) {
    EXPECT_EQ(reason(ConsentPolicy::Require, event_under(Grant::Granted)), "");
    EXPECT_EQ(reason(ConsentPolicy::Require, event_under(Grant::Unset, Grant::Granted)), "");
    EXPECT_EQ(reason(ConsentPolicy::Require, event_under(Grant::Granted, Grant::Denied)), "consent");
    EXPECT_EQ(reason(ConsentPolicy::Require, event_under(Grant::Unset)), "consent");
}

TEST(ConsentPolicy, CountsAPageThatTheTagRepeatsAfterAGrantOnce) {
    for (const Grant before : {Grant::Denied, Grant::Unset, Grant::Granted}) {
        const model::Event first = event_under(before);
        model::Event repeat = event_under(Grant::Granted);
        repeat.consent.follows_grant = true;
        repeat.consent.before_choice = before;

        for (const ConsentPolicy policy : policies) {
            const std::string of_first = reason(policy, first);
            const std::string of_repeat = reason(policy, repeat);

            EXPECT_EQ(of_first, of_first.empty() ? "" : "consent");
            EXPECT_EQ(of_repeat, of_first.empty() ? "consent_repeat" : "");
        }
    }
}

TEST(ConsentPolicy, LetsCookiesBeWrittenOnlyWhereNobodyObjects) {
    model::Event opted_out = event_under(Grant::Granted);
    opted_out.opt_out = true;
    model::Event not_for_sale = event_under(Grant::Granted);
    not_for_sale.consent.sale_opt_out = true;

    for (const ConsentPolicy policy : policies) {
        EXPECT_TRUE(may_write_cookies(policy, event_under(Grant::Granted)));
        EXPECT_EQ(may_write_cookies(policy, event_under(Grant::Unset)), policy != ConsentPolicy::Require);
        EXPECT_FALSE(may_write_cookies(policy, event_under(Grant::Denied)));
        EXPECT_FALSE(may_write_cookies(policy, event_under(Grant::Granted, Grant::Denied)));
        EXPECT_FALSE(may_write_cookies(policy, opted_out));
        EXPECT_FALSE(may_write_cookies(policy, not_for_sale));
    }
}

TEST(ConsentPolicy, AnswersForCookiesTheSameBeforeAndAfter) {
    model::Event event = known_visitor();
    const bool before = may_write_cookies(ConsentPolicy::Strip, event);

    apply(ConsentPolicy::Strip, event, test::arena());

    EXPECT_EQ(may_write_cookies(ConsentPolicy::Strip, event), before);
}

}  // namespace
}  // namespace pinrelay::ingest
