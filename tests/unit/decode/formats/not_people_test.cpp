#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

// What events say of being no visitor's, in every form.
namespace pinrelay::decode {
namespace {

using test::decode_event;
using test::post;

TEST(DebugMode, IsReadInEveryForm) {
    EXPECT_TRUE(decode_event(R"({"event":"a","debug_mode":true})").debug_mode);
    EXPECT_TRUE(decode_event(R"({"event":"a","debug_mode":"1"})").debug_mode);
    EXPECT_TRUE(decode_event(R"({"event_name":"a","_dbg":1})").debug_mode);
    EXPECT_TRUE(decode_event(R"({"events":[{"name":"a","params":{"debug_mode":1}}]})").debug_mode);
    EXPECT_TRUE(decode_event(post("", "v=2&en=a&_dbg=1")).debug_mode);
    EXPECT_TRUE(decode_event(post("", "v=2&en=a&ep.debug_mode=true")).debug_mode);
    EXPECT_TRUE(decode_event(post("", "v=2&en=a&epn.debug_mode=1")).debug_mode);
}

TEST(DebugMode, IsOffWhereNothingOrNoIsSaid) {
    EXPECT_FALSE(decode_event(R"({"event":"a"})").debug_mode);
    EXPECT_FALSE(decode_event(R"({"event":"a","debug_mode":false})").debug_mode);
    EXPECT_FALSE(decode_event(R"({"event":"a","debug_mode":"undefined"})").debug_mode);
    EXPECT_FALSE(decode_event(post("", "v=2&en=a&_dbg=0")).debug_mode);
}

TEST(TrafficType, IsReadInEveryForm) {
    EXPECT_EQ(decode_event(R"({"event":"a","traffic_type":"internal"})").traffic_type, "internal");
    EXPECT_EQ(decode_event(R"({"event_name":"a","x-ga-mp2-tt":"internal"})").traffic_type, "internal");
    EXPECT_EQ(decode_event(post("", "v=2&en=a&tt=internal")).traffic_type, "internal");
    EXPECT_EQ(decode_event(post("", "v=2&en=a&ep.traffic_type=partner")).traffic_type, "partner");
    EXPECT_EQ(decode_event(R"({"event":"a","tt":"of the site's own"})").traffic_type, std::nullopt);
}

}  // namespace
}  // namespace pinrelay::decode
