#include "decode/commands/standing_words.hpp"

#include <gtest/gtest.h>

#include <boost/algorithm/string/replace.hpp>
#include <string>
#include <vector>

#include "fixtures/decoding.hpp"
#include "pinrelay/decode/warnings.hpp"

namespace pinrelay::decode {
namespace {

using model::Event;
using model::Grant;
using test::decode_members;
using test::post;

constexpr const char* all_denied = R"({"ad_storage":"denied","ad_user_data":"denied","ad_personalization":"denied"})";
constexpr const char* all_granted = R"({"ad_storage":"granted","ad_user_data":"granted"})";

// The body with D and G for words of consent.
std::string with_words(std::string body) {
    return boost::algorithm::replace_all_copy(boost::algorithm::replace_all_copy(std::move(body), "$D", all_denied),
                                              "$G", all_granted);
}

std::vector<Event> events_of(const std::string& body) {
    std::vector<Event> events;
    for (Member& member : decode_members(post(with_words(body))))
        if (auto* event = std::get_if<Event>(&member)) events.push_back(std::move(*event));
    return events;
}

Event last_event_of(const std::string& body) {
    auto events = events_of(body);
    if (!events.empty()) return std::move(events.back());
    ADD_FAILURE() << "no event in " << body;
    return {};
}

enum class Said { Nothing, Denied, Granted };

Said said_by(const Event& event) {
    if (event.consent.denied()) return Said::Denied;
    return event.consent.ad_storage == Grant::Granted ? Said::Granted : Said::Nothing;
}

struct ConsentCase {
    const char* body;
    Said of_the_last_event;
    const char* signal;
};

class ConsentCommand : public testing::TestWithParam<ConsentCase> {};

TEST_P(ConsentCommand, HoldsForTheLaterMembers) {
    const Event event = last_event_of(GetParam().body);

    EXPECT_EQ(said_by(event), GetParam().of_the_last_event) << GetParam().body;
    EXPECT_EQ(event.consent.signal, GetParam().signal) << GetParam().body;
}

constexpr const char* denied_by_default = "consent default ad_storage=denied";
constexpr const char* granted_by_update = "consent update ad_storage=granted";
constexpr const char* denied_by_update = "consent update ad_storage=denied";

INSTANTIATE_TEST_SUITE_P(
    Forms, ConsentCommand,
    testing::Values(
        // the forms that can hold a command
        ConsentCase{R"([["consent","default",$D],{"event":"purchase"}])", Said::Denied, denied_by_default},
        ConsentCase{R"([{"0":"consent","1":"default","2":$D},{"event":"purchase"}])", Said::Denied, denied_by_default},
        ConsentCase{R"([{"0":"consent","1":"default","2":$D,"length":3},{"0":"event","1":"purchase","2":{}}])",
                    Said::Denied, denied_by_default},
        ConsentCase{"[\"consent\",\"default\",$D]\n{\"event\":\"purchase\"}", Said::Denied, denied_by_default},
        ConsentCase{R"({"events":[["consent","default",$D],{"event":"purchase"}]})", Said::Denied, denied_by_default},
        ConsentCase{R"({"events":[["consent","default",$D],{"name":"purchase"}]})", Said::Denied, denied_by_default},
        ConsentCase{R"([["consent","default",$D],{"events":[{"name":"purchase"}]}])", Said::Denied, denied_by_default},
        ConsentCase{R"({"data":[["consent","default",$D],{"data":[{"event":"purchase"}]}]})", Said::Denied,
                    denied_by_default},
        ConsentCase{R"([["consent","default",$D],{"event":"gtm.js"},{"event_name":"purchase"}])", Said::Denied,
                    denied_by_default},
        ConsentCase{R"([["consent","default",$D],["event","purchase",{"value":1}]])", Said::Denied, denied_by_default},
        // what follows what
        ConsentCase{R"([["consent","default",$G],{"event":"a"}])", Said::Granted, "consent default ad_storage=granted"},
        ConsentCase{R"([["consent","default",$D],["consent","update",$G],{"event":"a"}])", Said::Granted,
                    granted_by_update},
        ConsentCase{R"([["consent","default",$D],["consent","update",$G],["consent","update",$D],{"event":"a"}])",
                    Said::Denied, denied_by_update},
        ConsentCase{R"([["consent","update",$D],{"event":"a"}])", Said::Denied, denied_by_update},
        ConsentCase{R"([["consent","update",$G],["consent","default",$D],{"event":"a"}])", Said::Granted,
                    granted_by_update},
        ConsentCase{R"([["consent","default",$D],["consent","default",$G],{"event":"a"}])", Said::Granted,
                    "consent default ad_storage=granted"},
        ConsentCase{R"([["consent","default",$D],["consent","update",{"ad_storage":"granted"}],{"event":"a"}])",
                    Said::Denied, "consent default ad_user_data=denied"},
        ConsentCase{R"([["consent","default",{"analytics_storage":"denied"}],{"event":"a"}])", Said::Nothing, ""},
        ConsentCase{R"([["consent","default",{"ad_storage":"denied","wait_for_update":500}],{"event":"a"}])",
                    Said::Denied, denied_by_default},
        ConsentCase{R"([["consent","default",{"ad_storage":"maybe"}],{"event":"a"}])", Said::Nothing, ""},
        ConsentCase{R"([["consent","declare",$D],{"event":"a"}])", Said::Nothing, ""},
        ConsentCase{R"([["consent","default"],["consent"],["consent",{}],{"event":"a"}])", Said::Nothing, ""},
        // beside an event's own words
        ConsentCase{R"([["consent","update",$G],{"event":"a","consent":{"ad_storage":"denied"}}])", Said::Denied,
                    "consent.ad_storage=denied"},
        ConsentCase{R"([["consent","default",$D],{"event":"a","consent_state":{"ad_storage":"granted"}}])",
                    Said::Denied, denied_by_default},
        ConsentCase{R"([["consent","update",$G],{"event":"a","x-ga-gcs":"G100"}])", Said::Denied, "x-ga-gcs=G100"},
        // regions
        ConsentCase{R"([["consent","default",{"ad_storage":"denied","region":["ES","US-CA"]}],{"event":"a"}])",
                    Said::Denied, "consent default ad_storage=denied for some regions"},
        ConsentCase{
            R"([["consent","default",{"ad_storage":"denied","region":["ES"]}],["consent","default",$G],{"event":"a"}])",
            Said::Denied, "consent default ad_storage=denied for some regions"},
        ConsentCase{
            R"([["consent","default",{"ad_storage":"denied","region":["ES"]}],["consent","update",$G],{"event":"a"}])",
            Said::Granted, granted_by_update},
        ConsentCase{
            R"([["consent","default",$D],["consent","default",{"ad_storage":"granted","region":["US"]}],{"event":"a"}])",
            Said::Denied, denied_by_default},
        ConsentCase{R"([["consent","default",{"ad_storage":"granted","region":"US"}],{"event":"a"}])", Said::Nothing,
                    ""},
        ConsentCase{R"([["consent","default",{"ad_storage":"granted","region":[]}],{"event":"a"}])", Said::Granted,
                    "consent default ad_storage=granted"},
        // pushes of banners
        ConsentCase{R"([{"event":"consent_update","ad_storage":"denied"},{"event":"a"}])", Said::Denied,
                    "pushed consent ad_storage=denied"},
        ConsentCase{R"([{"event":"cookie_consent_update","consentState":{"adStorage":"denied"}},{"event":"a"}])",
                    Said::Denied, "pushed consent ad_storage=denied"},
        ConsentCase{
            R"([{"event":"consent_default","ad_storage":"denied"},{"event":"gtm_consent_update","ad_storage":"granted"},{"event":"a"}])",
            Said::Granted, "pushed consent ad_storage=granted"},
        ConsentCase{R"([{"event":"consent_status","ucCategory":{"marketing":false,"essential":true}},{"event":"a"}])",
                    Said::Denied, "pushed consent ad_storage=denied"},
        ConsentCase{R"([["consent","default",$D],{"event":"consent_update","marketing":true},{"event":"a"}])",
                    Said::Granted, "pushed consent ad_storage=granted"},
        ConsentCase{R"([{"event":"cookie_consent_update","preferences":{"ad_storage":"denied"}},{"event":"a"}])",
                    Said::Denied, "pushed consent ad_storage=denied"},
        ConsentCase{R"([["consent","default",$D],{"event":"cmp.update","status":$G},{"event":"a"}])", Said::Granted,
                    "pushed consent ad_storage=granted"},
        ConsentCase{R"([{"consent":{"ad_storage":"denied"}},{"event":"a"}])", Said::Denied,
                    "pushed consent ad_storage=denied"},
        ConsentCase{R"([["js",{}],{"ad_storage":"denied"},{"event":"a"}])", Said::Denied,
                    "pushed consent ad_storage=denied"},
        ConsentCase{R"({"events":[{"name":"consent_update","params":{"ad_user_data":"denied"}},{"name":"a"}]})",
                    Said::Denied, "pushed consent ad_user_data=denied"},
        ConsentCase{R"([["set",{"ad_storage":"denied"}],{"event":"a"}])", Said::Denied, "set ad_storage=denied"},
        // what is no word of consent for others
        ConsentCase{R"([{"event":"purchase","ad_storage":"denied"},{"event":"a"}])", Said::Nothing, ""},
        ConsentCase{R"([{"event":"a","client_id":"1"},["consent","default",$D]])", Said::Nothing, ""},
        // visitors
        ConsentCase{
            R"([{"event":"consent_update","client_id":"1","ad_storage":"denied"},{"event":"a","client_id":"1"}])",
            Said::Denied, "pushed consent ad_storage=denied"},
        ConsentCase{
            R"([{"event":"consent_update","client_id":"1","ad_storage":"denied"},{"event":"a","client_id":"2"}])",
            Said::Nothing, ""},
        ConsentCase{R"([{"event":"consent_update","client_id":"1","ad_storage":"denied"},
                        {"event":"consent_update","client_id":"2","ad_storage":"granted"},{"event":"a","client_id":"1"}])",
                    Said::Denied, "pushed consent ad_storage=denied"},
        ConsentCase{R"([{"event":"consent_update","client_id":"1","ad_storage":"denied"},{"event":"a"}])", Said::Denied,
                    "pushed consent ad_storage=denied"},
        ConsentCase{R"([{"event":"consent_update","client_id":"1","ad_storage":"denied"},["consent","update",$G],
                        {"event":"a","client_id":"1"}])",
                    Said::Granted, granted_by_update}));

TEST(ConsentCommand, LeavesEarlierMembersAlone) {
    const auto events = events_of(R"([{"event":"a"},["consent","default",$D],{"event":"b"},["consent","update",$G],
                                      {"event":"c"}])");

    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(said_by(events[0]), Said::Nothing);
    EXPECT_EQ(said_by(events[1]), Said::Denied);
    EXPECT_EQ(said_by(events[2]), Said::Granted);
}

TEST(ConsentCommand, OfARegionIsAGuessThatIsSaid) {
    const Event event =
        last_event_of(R"([["consent","default",{"ad_storage":"denied","region":["ES"]}],{"event":"a"}])");
    const Event chosen = last_event_of(
        R"([["consent","default",{"ad_storage":"denied","region":["ES"]}],["consent","update",$G],{"event":"a"}])");

    ASSERT_EQ(event.warnings.size(), 1U);
    EXPECT_EQ(event.warnings[0].code, warnings::consent_region_unknown);
    EXPECT_TRUE(chosen.warnings.empty());
}

TEST(ConsentCommand, OfOneRequestIsForgottenInTheNext) {
    decode_members(post(with_words(R"([["consent","default",$D],{"event":"a"}])")));

    EXPECT_EQ(said_by(last_event_of(R"([{"event":"a"}])")), Said::Nothing);
}

TEST(ConsentOfAnEnvelope, CountsBesideAMembersOwn) {
    const Event event = last_event_of(
        R"({"consent":{"ad_storage":"denied"},"data":[{"event":"a","consent":{"ad_personalization":"granted"}}]})");

    EXPECT_TRUE(event.consent.denied());
}

TEST(SetCommand, FillsWhatLaterMembersLack) {
    const Event event = last_event_of(
        R"([["set","user_data",{"email":"a@b.example","address":{"city":"Oslo"}}],["set","currency","EUR"],
            ["set",{"user_id":"u1","page_location":"https://shop.example/a","event_id":"e"}],
            {"event":"purchase","value":5}])");

    EXPECT_EQ(event.user_data.emails, model::Texts{"a@b.example"});
    EXPECT_EQ(event.user_data.cities, model::Texts{"Oslo"});
    EXPECT_EQ(event.user_data.external_ids, model::Texts{"u1"});
    EXPECT_EQ(event.currency, "EUR");
    EXPECT_EQ(event.user_id, "u1");
    EXPECT_EQ(event.page_location, "https://shop.example/a");
    EXPECT_EQ(event.event_id, std::nullopt);
}

TEST(SetCommand, LeavesAnEventItsOwnWords) {
    const Event event = last_event_of(
        R"([["set",{"currency":"EUR","user_id":"u1","external_id":"x","page_location":"https://shop.example/a",
                    "user_data":{"email":"a@b.example","phone":"+4915112345678"}}],
            {"event":"purchase","currencyCode":"USD","userId":"u2","url":"https://shop.example/b",
             "user_data":{"sha256_email_address":"digest"}}])");

    EXPECT_EQ(event.currency, "USD");
    EXPECT_EQ(event.user_id, "u2");
    EXPECT_EQ(event.page_location, "https://shop.example/b");
    EXPECT_EQ(event.user_data.emails, model::Texts{"digest"});
    EXPECT_EQ(event.user_data.phones, model::Texts{"+4915112345678"});
    EXPECT_EQ(event.user_data.external_ids, model::Texts{"u2"});
}

TEST(SetCommand, IsBehindTheCurrencyOfAnItem) {
    EXPECT_EQ(last_event_of(R"([["set","currency","EUR"],{"event":"a","items":[{"id":1,"currency":"USD"}]}])").currency,
              "USD");
    EXPECT_EQ(last_event_of(R"([["set","currency","EUR"],{"event":"a","items":[{"id":1}]}])").currency, "EUR");
}

TEST(SetCommand, IsReplacedByALaterOne) {
    EXPECT_EQ(last_event_of(R"([["set",{"user_id":"1"}],["set",{"userId":"2"}],{"event":"a"}])").user_id, "2");
}

TEST(SetCommand, IsBehindConfig) {
    const Event event = last_event_of(
        R"([["config","G-1",{"user_id":"c","page_title":"t"}],["set",{"user_id":"s","language":"de"}],{"event":"a"}])");

    EXPECT_EQ(event.user_id, "c");
    EXPECT_EQ(event.page_title, "t");
    EXPECT_EQ(event.language, "de");
}

TEST(SetCommand, HoldsInEveryForm) {
    for (const char* body :
         {R"([{"0":"set","1":{"currency":"EUR"}},{"event":"a"}])",
          R"([{"0":"set","1":"currency","2":"EUR"},{"event":"a"}])",
          "[\"set\",{\"currency\":\"EUR\"}]\n{\"event\":\"a\"}",
          R"({"events":[["set",{"currency":"EUR"}],{"name":"a"}]})",
          R"({"data":[["set",{"currency":"EUR"}],{"event":"a"}]})", R"([["set",{"currency":"EUR"}],["event","a"]])"})
        EXPECT_EQ(last_event_of(body).currency, "EUR") << body;
}

TEST(PagePush, OfADataLayerFillsWhatLaterPushesLack) {
    const Event event = last_event_of(
        R"([{"event":"gtm.js"},{"userId":"u1","userEmail":"a@b.example","value":7,"transactionId":"t"},{"event":"a"}])");

    EXPECT_EQ(event.user_id, "u1");
    EXPECT_EQ(event.user_data.emails, model::Texts{"a@b.example"});
    EXPECT_EQ(event.value, std::nullopt);
    EXPECT_EQ(event.transaction_id, std::nullopt);
}

TEST(PagePush, MayStandBeforeTheFirstMessage) {
    EXPECT_EQ(last_event_of(R"([{"userId":"u1"},{"event":"gtm.js"},{"event":"a"}])").user_id, "u1");
    EXPECT_EQ(last_event_of(R"({"data":[{"userId":"u1"},["js",{}],{"event":"a"}]})").user_id, "u1");
}

TEST(PagePush, OfAnotherListIsAMemberWithoutAName) {
    const auto members = decode_members(post(R"([{"userId":"u1","userEmail":"a@b.example"},{"event":"a"}])"));

    EXPECT_EQ(std::get<Rejection>(members.at(0)).code, RejectCode::NotAnEvent);
    EXPECT_EQ(std::get<Event>(members.at(1)).user_id, std::nullopt);
    EXPECT_TRUE(std::get<Event>(members.at(1)).user_data.emails.empty());
}

TEST(PagePush, IsCountedByItsKind) {
    const auto batch = decode_members(post(R"([{"ad_storage":"denied"},{"event":"a"}])"));
    const auto layer = decode_members(post(R"([{"ad_storage":"denied"},["js",{}],{"pageType":"home"}])"));

    EXPECT_EQ(std::get<Ignored>(batch.at(0)).reason, "consent_push");
    EXPECT_EQ(std::get<Ignored>(layer.at(0)).reason, "data_layer_push");
    EXPECT_EQ(std::get<Ignored>(layer.at(1)).reason, "gtag_command");
    EXPECT_EQ(std::get<Ignored>(layer.at(2)).reason, "data_layer_push");
}

}  // namespace
}  // namespace pinrelay::decode
