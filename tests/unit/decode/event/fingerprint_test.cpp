#include <gtest/gtest.h>

#include <set>
#include <string>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

using test::decode_event;
using test::decode_members;
using test::post;

std::string fingerprint(const std::string& body, const std::string& query = {}) {
    return std::string(decode_event(post(body, query)).fingerprint);
}

std::vector<std::string> fingerprints(const std::string& body) {
    std::vector<std::string> result;
    for (const Member& member : decode_members(post(body))) {
        if (const auto* event = std::get_if<model::Event>(&member)) result.emplace_back(event->fingerprint);
    }
    return result;
}

TEST(Fingerprint, IsLowerCaseHexOf128Bits) {
    const std::string text = fingerprint(R"({"event":"a"})");

    EXPECT_EQ(text.size(), 32U);
    EXPECT_EQ(text.find_first_not_of("0123456789abcdef"), std::string::npos);
}

// Stored event ids hang on it: this value may never change.
TEST(Fingerprint, StaysTheSameFromReleaseToRelease) {
    EXPECT_EQ(fingerprint(R"({"event":"purchase","value":1.50,"x":[true,null,"é"]})"),
              "b0df5e14da4321ea08f43fb02abef1fe");
}

TEST(Fingerprint, IsEqualForARetry) {
    const std::string body = R"({"event":"a","value":1})";

    EXPECT_EQ(fingerprint(body), fingerprint(body));
}

// A rule of the configuration may take the id away; then the fingerprint stands for it.
TEST(Fingerprint, OfAnEventWithAnIdIsMadeOfTheId) {
    const std::string one = fingerprint(R"({"event":"a","event_id":"17","x":1})");

    EXPECT_EQ(one, fingerprint(R"({"event":"a","event_id":"17","x":2})"));
    EXPECT_NE(one, fingerprint(R"({"event":"a","event_id":"18","x":1})"));
    EXPECT_NE(one, fingerprint(R"({"event":"b","event_id":"17","x":1})"));
    EXPECT_NE(fingerprint(R"({"event":"a","event_id":"undefined","x":1})"),
              fingerprint(R"({"event":"a","event_id":"undefined","x":2})"));
}

TEST(Fingerprint, DiffersForAnyOtherContent) {
    const std::set<std::string> different = {
        fingerprint(R"({"event":"a"})"),
        fingerprint(R"({"event":"b"})"),
        fingerprint(R"({"event":"a","v":1})"),
        fingerprint(R"({"event":"a","v":"1"})"),
        fingerprint(R"({"event":"a","v":true})"),
        fingerprint(R"({"event":"a","v":"true"})"),
        fingerprint(R"({"event":"a","v":null})"),
        fingerprint(R"({"event":"a","v":[]})"),
        fingerprint(R"({"event":"a","v":{}})"),
        fingerprint(R"({"event":"a","v":["a","b"]})"),
        fingerprint(R"({"event":"a","v":["ab"]})"),
        fingerprint(R"({"event":"a","v":[["a"],"b"]})"),
        fingerprint(R"({"event":"a","v":"s1:b"})"),
        fingerprint(R"({"event":"a","vs":"1:b"})"),
    };

    EXPECT_EQ(different.size(), 14U);
}

TEST(Fingerprint, DoesNotDependOnTheMeasurementId) {
    const std::string plain = R"({"event_name":"a","value":1})";
    const std::string protocol = R"({"client_id":"1","events":[{"name":"a"}]})";

    EXPECT_EQ(fingerprint(R"({"event_name":"a","x-ga-measurement_id":"G-1","value":1})"), fingerprint(plain));
    EXPECT_EQ(fingerprint(R"({"event_name":"a","x_ga_measurement_id":"G-2","value":1})"), fingerprint(plain));
    EXPECT_EQ(fingerprint(plain, "measurement_id=G-3"), fingerprint(plain));
    EXPECT_EQ(fingerprint(protocol, "measurement_id=G-1"), fingerprint(protocol, "measurement_id=G-2"));
}

TEST(Fingerprint, DependsOnMeasurementProtocolsClientAndTime) {
    const std::string begin = R"({"events":[{"name":"a"}],"client_id":)";

    EXPECT_NE(fingerprint(begin + R"("1"})"), fingerprint(begin + R"("2"})"));
    EXPECT_NE(fingerprint(begin + R"("1","timestamp_micros":1})"), fingerprint(begin + R"("1","timestamp_micros":2})"));
}

std::string hit_fingerprint(const std::string& more) { return fingerprint({}, "v=2&en=page_view&cid=1.2" + more); }

TEST(Fingerprint, OfANumberedTagHitIsEqualForCopiesThatTwoTagsOfAPageSend) {
    const std::string hit =
        hit_fingerprint("&_p=17&_s=2&tid=G-1&gtm=45je51&tag_exp=1~2&tfd=900&_et=12&_gid=3&_z=ccd&sst.rnd=4");

    EXPECT_EQ(hit, hit_fingerprint("&_p=17&_s=2&tid=G-2&gtm=45je99&tag_exp=3&tfd=1800&_et=31&are=1&sst.tft=5"));
    EXPECT_EQ(hit, hit_fingerprint("&_p=17&_s=2"));
}

TEST(Fingerprint, OfANumberedTagHitDiffersBetweenHitsPagesAndContents) {
    const std::string hit = hit_fingerprint("&_p=17&_s=2&_et=12");

    EXPECT_NE(hit, hit_fingerprint("&_p=17&_s=3&_et=12"));
    EXPECT_NE(hit, hit_fingerprint("&_p=18&_s=2&_et=12"));
    EXPECT_NE(hit, hit_fingerprint("&_p=17&_s=2&_et=12&ep.method=email"));
}

TEST(Fingerprint, OfAHitWithoutNumbersTakesInAllThatTellsItApart) {
    EXPECT_NE(hit_fingerprint("&_et=12"), hit_fingerprint("&_et=31"));
    EXPECT_NE(hit_fingerprint("&_p=17&_et=12"), hit_fingerprint("&_p=17&_et=31"));
    EXPECT_NE(hit_fingerprint("&_p=17&_s=&_et=12"), hit_fingerprint("&_p=17&_s=&_et=31"));
}

TEST(Fingerprint, DiffersBetweenEqualEventsOfARequest) {
    const auto texts = fingerprints(R"([{"event":"a"},{"event":"b"},{"event":"a"},{"event":"a"}])");

    EXPECT_EQ(std::set<std::string>(texts.begin(), texts.end()).size(), 4U);
    EXPECT_EQ(texts, fingerprints(R"([{"event":"a"},{"event":"b"},{"event":"a"},{"event":"a"}])"));
}

TEST(Fingerprint, OfAnEventIsTheSameAloneAndAmongOthers) {
    const auto texts = fingerprints(R"([{"event":"b"},{"event":"a"}])");

    EXPECT_EQ(texts.at(1), fingerprint(R"({"event":"a"})"));
}

}  // namespace
}  // namespace pinrelay::decode
