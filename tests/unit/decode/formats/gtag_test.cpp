#include <gtest/gtest.h>

#include "decode/text/form_pairs.hpp"
#include "fixtures/decoding.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/decode/warnings.hpp"

namespace pinrelay::decode {
namespace {

using test::decode_event;
using test::decode_members;
using test::decode_rejection;
using test::post;

TEST(Gtag, MakesTheEventDataThatAServerContainerMakes) {
    const auto event = decode_event(post("",
                                         "v=2&tid=G-1&cid=1.2&en=purchase&dl=https%3A%2F%2Fs.example%2F&cu=USD&"
                                         "epn.value=0.10&ep.coupon=TEN&up.plan=gold&upn.orders=3&"
                                         "ep.user_data.email=a%40b.c&pr1=idS~k0size~v0M&_p=7&_s=2&gtm=x&sid=1"));

    EXPECT_EQ(model::to_json(event.source),
              R"({"value":0.10,"coupon":"TEN","measurement_id":"G-1","client_id":"1.2","event_name":"purchase",)"
              R"("page_location":"https://s.example/","currency":"USD","_p":"7","_s":"2",)"
              R"("user_data":{"email":"a@b.c"},"user_properties":{"plan":{"value":"gold"},"orders":{"value":3}},)"
              R"("items":[{"item_id":"S","size":"M"}]})");
}

TEST(Gtag, GivesTheCopyForASecondStreamTheSameFingerprint) {
    const auto first =
        decode_event(post("", "v=2&tid=G-1&gtm=1&_p=7&_s=2&cid=1.2&en=page_view&sid=100&sct=1&_fv=1&_ss=1&tfd=9"));
    const auto second = decode_event(post("", "v=2&tid=G-2&gtm=2&_p=7&_s=2&cid=1.2&en=page_view&sid=50&sct=9&tfd=11"));

    EXPECT_EQ(first.fingerprint, second.fingerprint);
}

TEST(Gtag, GivesTwoHitsOfOnePageTwoFingerprints) {
    const auto first = decode_event(post("", "v=2&tid=G-1&_p=7&_s=2&cid=1.2&en=add_to_cart"));
    const auto second = decode_event(post("", "v=2&tid=G-1&_p=7&_s=3&cid=1.2&en=add_to_cart"));

    EXPECT_NE(first.fingerprint, second.fingerprint);
}

TEST(Gtag, ReadsWhatHasAMeaningBehindTooManyParameters) {
    std::string line = "en=page_view";
    for (std::size_t i = 0; i < most_pairs; ++i) line += "&ep.a=1";
    line += "&epn.value=5&cu=EUR&pr1=idA&ep.user_data.email=a%40b.example&ep.custom=1";

    const auto members = decode_members(post("en=a\r\n" + line + "\r\nen=b", "v=2"));

    ASSERT_EQ(members.size(), 3U);
    EXPECT_EQ(std::get<model::Event>(members[0]).warnings.size(), 0U);
    const auto& event = std::get<model::Event>(members[1]);
    EXPECT_EQ(event.value, "5");
    EXPECT_EQ(event.currency, "EUR");
    EXPECT_EQ(event.items.size(), 1U);
    EXPECT_EQ(event.user_data.emails, model::Texts{"a@b.example"});
    ASSERT_EQ(event.warnings.size(), 1U);
    EXPECT_EQ(event.warnings[0].code, warnings::parameters_left_out);
    EXPECT_EQ(event.warnings[0].message.find("2 parameters"), 0U) << event.warnings[0].message;
    EXPECT_EQ(std::get<model::Event>(members[2]).name, "b");
}

TEST(Gtag, RefusesOnlyTheLinesThatALongQueryHasNoRoomFor) {
    std::string lines;
    for (int i = 0; i < 90; ++i) lines += "en=a\n";

    const auto members = decode_members(post(lines, "v=2&dt=" + std::string(100'000, 'x')));

    ASSERT_EQ(members.size(), 90U);
    EXPECT_TRUE(std::holds_alternative<model::Event>(members[0]));
    EXPECT_EQ(std::get<Rejection>(members[89]).code, RejectCode::TooManyEvents);
    EXPECT_EQ(std::get<Rejection>(members[89]).field, "/89");
}

TEST(Gtag, TakesAsManyLinesAsAreAllowed) {
    EXPECT_EQ(decode_members(post("en=a\nen=b\n", "v=2"), {.events = 2}).size(), 2U);
    EXPECT_EQ(decode_rejection(post("en=a\nen=b\nen=c", "v=2"), {.events = 2}).code, RejectCode::TooManyEvents);
}

TEST(Gtag, TakesNoParameterForTheName) {
    EXPECT_EQ(decode_rejection(post("ep.event_name=purchase", "v=2&event_name=purchase&en=")).code,
              RejectCode::NotAnEvent);
}

}  // namespace
}  // namespace pinrelay::decode
