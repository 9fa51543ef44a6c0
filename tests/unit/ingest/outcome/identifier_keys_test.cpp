#include "ingest/outcome/identifier_keys.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

TEST(IdentifierKeys, AreTheKeysOfThePerson) {
    EXPECT_EQ(identifier_keys(R"({"event_id":"1","user_data":{"em":["a","b"],"client_ip_address":"203.0.113.7",)"
                              R"("opt_out":true},"custom_data":{"value":"1"}})"),
              "em client_ip_address opt_out");
}

TEST(IdentifierKeys, AreNotWhatAValueHolds) {
    EXPECT_EQ(identifier_keys(R"({"user_data":{"client_user_agent":"a \"b\",\"em\":{[ \\","em":[]},"x":1})"),
              "client_user_agent em");
}

TEST(IdentifierKeys, AreNoneWithoutAPerson) {
    EXPECT_EQ(identifier_keys(""), "");
    EXPECT_EQ(identifier_keys("{}"), "");
    EXPECT_EQ(identifier_keys(R"({"user_data":{}})"), "");
}

TEST(IdentifierKeys, EndWhereTheBodyEnds) {
    EXPECT_EQ(identifier_keys(R"({"user_data":{"em)"), "");
    EXPECT_EQ(identifier_keys(R"({"user_data":{"em":["a)"), "em");
    EXPECT_EQ(identifier_keys(R"({"user_data":{"em":"a\)"), "em");
}

TEST(IdentifierKeys, LeaveOutWhatIsTooLongForAKey) {
    EXPECT_EQ(identifier_keys(R"({"user_data":{"a_key_that_is_longer_than_any":2,"ph":3}})"), "ph");
}

}  // namespace
}  // namespace pinrelay::ingest
