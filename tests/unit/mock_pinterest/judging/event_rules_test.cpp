#include "mock_pinterest/judging/event_rules.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "unit/mock_pinterest/sample_events.hpp"

namespace pinrelay::mock {
namespace {

using namespace std::chrono_literals;
using test::event;
using test::json;

const auto now = std::chrono::system_clock::time_point(1'713'571'200s);

json event_at(std::chrono::seconds offset) {
    json changed = event();
    changed["event_time"] = std::chrono::system_clock::to_time_t(now + offset);
    return changed;
}

EventVerdict verdict_on(const json& changed, const Policy& policy = {}) { return judge_event(changed, now, policy); }

EventVerdict verdict_with(const char* pointer, const json& value) {
    json changed = event_at(0s);
    changed[json::json_pointer(pointer)] = value;
    return verdict_on(changed);
}

TEST(EventRules, ProcessAGoodEventWithoutAWarning) { EXPECT_EQ(verdict_on(event_at(0s)), EventVerdict{}); }

TEST(EventRules, FailAnEventOlderThanSevenDays) {
    EXPECT_TRUE(verdict_on(event_at(-7 * 24h)).processed);

    const auto verdict = verdict_on(event_at(-7 * 24h - 1s));

    EXPECT_FALSE(verdict.processed);
    EXPECT_NE(verdict.error.find("too old"), std::string::npos);
}

TEST(EventRules, FollowTheConfiguredAge) {
    Policy policy;
    policy.maximum_age = 10s;

    EXPECT_FALSE(verdict_on(event_at(-11s), policy).processed);
}

TEST(EventRules, FailATimeInMilliseconds) {
    const auto verdict = verdict_with("/event_time", 1'713'571'200'123);

    EXPECT_FALSE(verdict.processed);
    EXPECT_NE(verdict.error.find("in the future"), std::string::npos);
}

TEST(EventRules, SurviveTheSmallestTime) {
    EXPECT_FALSE(verdict_with("/event_time", std::numeric_limits<std::int64_t>::min()).processed);
}

struct Failing {
    const char* pointer;
    json value;
    const char* error;
};
void PrintTo(const Failing& row, std::ostream* out) { *out << row.pointer << " " << row.value; }
class FailingEvent : public testing::TestWithParam<Failing> {};

TEST_P(FailingEvent, SaysWhy) {
    const auto verdict = verdict_with(GetParam().pointer, GetParam().value);

    EXPECT_FALSE(verdict.processed);
    EXPECT_EQ(verdict.error, GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(Mock, FailingEvent,
                         testing::Values(Failing{"/event_name", "", "Invalid event_name: "},
                                         Failing{"/event_id", "", "Invalid event_id: it is empty"},
                                         Failing{"/action_source", "website", "Invalid action_source: website"},
                                         Failing{"/custom_data/value", "NaN", "Invalid value: 'NaN' is not a number"},
                                         Failing{"/custom_data/value", "79,99",
                                                 "Invalid value: '79,99' is not a number"},
                                         Failing{"/custom_data/value", "", "Invalid value: '' is not a number"},
                                         Failing{"/custom_data/predicted_ltv", "undefined",
                                                 "Invalid predicted_ltv: 'undefined' is not a number"},
                                         Failing{"/custom_data/contents", json::array({{{"item_price", "1e999"}}}),
                                                 "Invalid item_price: '1e999' is not a number"}));

struct Warned {
    const char* pointer;
    json value;
    const char* warning;
};
void PrintTo(const Warned& row, std::ostream* out) { *out << row.pointer << " " << row.value; }
class WarnedEvent : public testing::TestWithParam<Warned> {};

TEST_P(WarnedEvent, IsProcessedWithAWarning) {
    const auto verdict = verdict_with(GetParam().pointer, GetParam().value);

    EXPECT_TRUE(verdict.processed) << verdict.error;
    EXPECT_NE(verdict.warning.find(GetParam().warning), std::string::npos) << verdict.warning;
    EXPECT_EQ(verdict.warning.find(';'), std::string::npos) << verdict.warning;
}

INSTANTIATE_TEST_SUITE_P(
    Mock, WarnedEvent,
    testing::Values(Warned{"/event_name", "BeginCheckout", "'Unknown' event"},
                    Warned{"/user_data/em", {"jane@example.com"}, "'em' is not in sha256 hashed format"},
                    Warned{"/user_data/ph", {std::string(64, 'A')}, "'ph' is not in sha256 hashed format"},
                    Warned{"/user_data/external_id", {"user-77"}, "'external_id' is not in sha256 hashed format"},
                    Warned{"/user_data/country", {test::digest, "us"}, "'country' is not in sha256 hashed format"},
                    Warned{"/user_data/external_id", json::array(), "external_id is missing"},
                    Warned{"/user_data/click_id", nullptr, "click_id is missing"},
                    Warned{"/user_data/client_ip_address", "0.0.0.0", "not a valid IP address"},
                    Warned{"/user_data/client_ip_address", "::", "not a valid IP address"},
                    Warned{"/user_data/client_ip_address", "visitor", "not a valid IP address"},
                    Warned{"/custom_data/currency", "usd", "ISO 4217"}));

TEST(EventRules, JoinSeveralWarningsBySemicolons) {
    json changed = event_at(0s);
    changed["user_data"].erase("external_id");
    changed["user_data"].erase("click_id");

    const auto verdict = verdict_on(changed);

    EXPECT_EQ(verdict.warning,
              "external_id is missing, it is highly recommended for every event;"
              "click_id is missing, it is highly recommended for every event");
}

TEST(EventRules, KnowAllTwentyTwoStandardNames) {
    for (const char* name :
         {"page_visit",  "view_category",     "search",        "add_to_cart",       "checkout",    "signup",
          "lead",        "watch_video",       "custom",        "subscribe",         "app_install", "add_payment_info",
          "app_open",    "add_to_wishlist",   "view_content",  "contact",           "schedule",    "initiate_checkout",
          "start_trial", "customize_product", "find_location", "submit_application"}) {
        EXPECT_EQ(verdict_with("/event_name", name), EventVerdict{}) << name;
    }
}

TEST(EventRules, FailAPlainEmailWhereThePolicyWantsIt) {
    json changed = event_at(0s);
    changed["user_data"]["em"] = {"jane@example.com"};
    Policy policy;
    policy.plain_email_answers_422 = true;

    EXPECT_FALSE(verdict_on(changed, policy).processed);
}

}  // namespace
}  // namespace pinrelay::mock
