#include "decode/text/snake_case.hpp"

#include <gtest/gtest.h>

namespace pinrelay::decode {
namespace {

TEST(SnakeCase, PartsWordsAtCapitals) {
    const std::pair<const char*, const char*> cases[] = {
        {"billingEmail", "billing_email"},
        {"BillingEmail", "billing_email"},
        {"userID", "user_id"},
        {"IPAddress", "ip_address"},
        {"user_data", "user_data"},
        {"user_Data", "user_data"},
        {"userData_emailAddress", "user_data_email_address"},
        {"Email", "email"},
        {"address1Line", "address1_line"},
        {"", ""},
        {"EMAIL", "email"},
        {"gtm.uniqueEventId", "gtm.unique_event_id"},
    };
    for (const auto& [key, snake] : cases) EXPECT_EQ(in_snake_case(key), snake) << key;
}

}  // namespace
}  // namespace pinrelay::decode
