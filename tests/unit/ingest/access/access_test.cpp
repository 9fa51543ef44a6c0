#include "ingest/access/access.hpp"

#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include <array>
#include <string>

namespace pinrelay::ingest {
namespace {

using namespace std::chrono_literals;

const Time noon = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 28) + 12h);
constexpr const char* key = "0123456789abcdef-old";
constexpr const char* next_key = "0123456789abcdef-new";

http::Request request_with(http::Headers headers, std::string body = "{}", std::string query = "") {
    http::Request request;
    request.method = "POST";
    request.path = "/collect";
    request.query = std::move(query);
    request.headers = std::move(headers);
    request.body = std::move(body);
    return request;
}

std::string signature(const std::string& with, const std::string& text) {
    std::array<unsigned char, 32> digest{};
    HMAC(EVP_sha256(), with.data(), static_cast<int>(with.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), digest.data(), nullptr);
    std::string hex;
    for (const unsigned char byte : digest) {
        hex += "0123456789abcdef"[byte >> 4U];
        hex += "0123456789abcdef"[byte & 0xFU];
    }
    return hex;
}

http::Request signed_at(Time time, const std::string& with, std::string body) {
    const std::string stamp =
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count());
    const std::string proof = signature(with, stamp + "." + body);
    return request_with({{"X-Pinrelay-Timestamp", stamp}, {"X-Pinrelay-Signature", proof}}, std::move(body));
}

// The code of the refusal; "" where the request may post.
std::string refused(const AccessSettings& settings, const http::Request& request,
                    const std::optional<std::string>& client = "203.0.113.7") {
    std::optional<boost::asio::ip::address> address;
    if (client) address = boost::asio::ip::make_address(*client);
    const auto refusal = Access(settings).judge(request, address, noon).refusal;
    return refusal ? std::string(refusal->code) : "";
}

TEST(Access, IsOpenToEverybodyWithoutConditions) {
    EXPECT_TRUE(Access({}).open());
    EXPECT_EQ(refused({}, request_with({})), "");
}

TEST(Access, TakesTheAllowedOriginsOnly) {
    AccessSettings settings;
    settings.origins = {"https://shop.example", "https://*.brand.example"};

    for (const char* origin : {"https://shop.example", "https://www.brand.example", "https://a.b.brand.example"})
        EXPECT_EQ(refused(settings, request_with({{"Origin", origin}})), "") << origin;
    for (const char* origin : {"https://evilshop.example", "http://shop.example", "https://brand.example",
                               "https://evilbrand.example", "https://shop.example.evil.example", "null", ""})
        EXPECT_EQ(refused(settings, request_with({{"Origin", origin}})), "origin_refused") << origin;
    EXPECT_EQ(refused(settings, request_with({})), "origin_refused");
}

TEST(Access, KnowsAPixelOfTheSiteByItsReferrer) {
    AccessSettings settings;
    settings.origins = {"https://shop.example"};

    EXPECT_EQ(refused(settings, request_with({{"Referer", "https://shop.example/thanks?a=b"}})), "");
    EXPECT_EQ(refused(settings, request_with({{"Referer", "https://other.example/?https://shop.example"}})),
              "origin_refused");
}

TEST(Access, TakesTheAllowedNetworksOnly) {
    AccessSettings settings;
    settings.networks = {"203.0.113.0/24", "2001:db8::/32"};

    EXPECT_EQ(refused(settings, request_with({}), "203.0.113.7"), "");
    EXPECT_EQ(refused(settings, request_with({}), "2001:db8::1"), "");
    EXPECT_EQ(refused(settings, request_with({}), "198.51.100.1"), "network_refused");
    EXPECT_EQ(refused(settings, request_with({}), std::nullopt), "network_refused");
}

TEST(Access, TrustsNoBrowserOfAnAllowedNetworkThatAnotherSiteLeads) {
    AccessSettings settings;
    settings.networks = {"203.0.113.0/24"};
    const Access access(settings);
    const auto client = boost::asio::ip::make_address("203.0.113.7");
    const auto trust_of = [&](const char* site) {
        return access.judge(request_with({{"Sec-Fetch-Site", site}}), client, noon).trust;
    };

    EXPECT_EQ(trust_of("same-origin"), model::Trust::Network);
    EXPECT_EQ(trust_of("same-site"), model::Trust::Network);
    EXPECT_EQ(trust_of("cross-site"), model::Trust::Anonymous);
    EXPECT_EQ(refused(settings, request_with({{"Sec-Fetch-Site", "cross-site"}}), "203.0.113.7"), "")
        << "its visitors may still send";
}

TEST(Access, TakesEachOfSeveralKeysInHeaderOrQuery) {
    AccessSettings settings;
    settings.keys = {Secret(key), Secret(next_key)};

    EXPECT_EQ(refused(settings, request_with({{"X-Pinrelay-Key", key}})), "");
    EXPECT_EQ(refused(settings, request_with({{"x-pinrelay-key", next_key}})), "");
    EXPECT_EQ(refused(settings, request_with({}, "{}", std::string("v=1&api_secret=") + key)), "");
    EXPECT_EQ(refused(settings, request_with({{"X-Pinrelay-Key", std::string(key) + "x"}})), "key_wrong");
    EXPECT_EQ(refused(settings, request_with({{"X-Pinrelay-Key", ""}})), "key_wrong");
    EXPECT_EQ(refused(settings, request_with({})), "credentials_missing");
}

TEST(Access, TakesASignatureOverTimeAndBody) {
    AccessSettings settings;
    settings.signing_keys = {Secret(key), Secret(next_key)};

    EXPECT_EQ(refused(settings, signed_at(noon, key, R"({"event":"x"})")), "");
    EXPECT_EQ(refused(settings, signed_at(noon - 4min, next_key, "")), "");
    EXPECT_EQ(refused(settings, signed_at(noon, "another key of that length", "{}")), "signature_wrong");
    EXPECT_EQ(refused(settings, signed_at(noon - 6min, key, "{}")), "signature_expired");
    EXPECT_EQ(refused(settings, signed_at(noon + 6min, key, "{}")), "signature_expired");
    auto changed = signed_at(noon, key, "{}");
    changed.body = "{ }";
    EXPECT_EQ(refused(settings, changed), "signature_wrong");
}

TEST(Access, RefusesASignatureThatCannotBeRead) {
    AccessSettings settings;
    settings.signing_keys = {Secret(key)};
    const std::string good = signature(key, "x");

    for (const char* stamp : {"", "now", "-1", "99999999999999999999", "1.5"})
        EXPECT_EQ(refused(settings, request_with({{"X-Pinrelay-Timestamp", stamp}, {"X-Pinrelay-Signature", good}})),
                  "signature_wrong")
            << stamp;
    for (const std::string& proof : {std::string(), good.substr(1), good + "0", std::string(64, 'g')})
        EXPECT_EQ(refused(settings, request_with({{"X-Pinrelay-Timestamp", "1"}, {"X-Pinrelay-Signature", proof}})),
                  "signature_wrong")
            << proof;
    EXPECT_EQ(refused(settings, request_with({{"X-Pinrelay-Signature", good}})), "signature_wrong");
}

TEST(Access, IsGivenToWhoeverMeetsOneOfTheConditions) {
    AccessSettings settings;
    settings.origins = {"https://shop.example"};
    settings.networks = {"203.0.113.0/24"};
    settings.keys = {Secret(key)};
    settings.signing_keys = {Secret(next_key)};

    EXPECT_EQ(refused(settings, request_with({{"Origin", "https://shop.example"}}), "198.51.100.1"), "");
    EXPECT_EQ(refused(settings, request_with({}), "203.0.113.1"), "");
    EXPECT_EQ(refused(settings, request_with({{"X-Pinrelay-Key", key}}), "198.51.100.1"), "");
    EXPECT_EQ(refused(settings, signed_at(noon, next_key, "{}"), "198.51.100.1"), "");
    EXPECT_EQ(refused(settings, request_with({}), "198.51.100.1"), "credentials_missing");
}

AccessSettings with_every_condition() {
    AccessSettings settings;
    settings.origins = {"https://shop.example"};
    settings.networks = {"203.0.113.0/24"};
    settings.keys = {Secret(key)};
    settings.signing_keys = {Secret(next_key)};
    return settings;
}

model::Trust trust_of_sender(const AccessSettings& settings, const http::Request& request, const std::string& client) {
    return Access(settings).judge(request, boost::asio::ip::make_address(client), noon).trust;
}

TEST(Access, TrustsASenderByTheHighestConditionThatItMeets) {
    using model::Trust;
    const auto settings = with_every_condition();
    auto all = signed_at(noon, next_key, "{}");
    all.headers.emplace_back("X-Pinrelay-Key", key);
    all.headers.emplace_back("Origin", "https://shop.example");
    auto by_key = request_with({{"X-Pinrelay-Key", key}, {"Origin", "https://shop.example"}});
    const auto by_origin = request_with({{"Origin", "https://shop.example"}});

    EXPECT_EQ(trust_of_sender(settings, all, "203.0.113.1"), Trust::Signed);
    EXPECT_EQ(trust_of_sender(settings, by_key, "203.0.113.1"), Trust::Key);
    EXPECT_EQ(trust_of_sender(settings, by_origin, "203.0.113.1"), Trust::Network);
    EXPECT_EQ(trust_of_sender(settings, by_origin, "198.51.100.1"), Trust::Anonymous)
        << "any program can write an origin";
    EXPECT_EQ(trust_of_sender({}, all, "203.0.113.1"), Trust::Anonymous)
        << "an account without conditions knows nobody";
}

TEST(Access, TrustsNobodyForAWrongSignatureOrKeyButTakesWhoMeetsAnotherCondition) {
    const auto settings = with_every_condition();
    auto forged = signed_at(noon, "another key of that length", "{}");
    forged.headers.emplace_back("X-Pinrelay-Key", "wrong");
    forged.headers.emplace_back("Origin", "https://shop.example");

    EXPECT_EQ(trust_of_sender(settings, forged, "198.51.100.1"), model::Trust::Anonymous);
    EXPECT_EQ(refused(settings, forged, "198.51.100.1"), "");
}

TEST(Access, ComparesOriginsWithoutADotAtTheEndOfTheirHost) {
    AccessSettings settings;
    settings.origins = {"https://shop.example", "https://*.brand.example"};

    EXPECT_EQ(refused(settings, request_with({{"Origin", "https://shop.example."}})), "");
    EXPECT_EQ(refused(settings, request_with({{"Origin", "https://a.brand.example."}})), "");
    EXPECT_EQ(refused(settings, request_with({{"Referer", "https://shop.example./a"}})), "");
    EXPECT_EQ(refused(settings, request_with({{"Origin", "https://shop.example.."}})), "origin_refused");
}

TEST(Access, SaysWhyASenderThatMayPostIsNotTrustedMore) {
    const auto settings = with_every_condition();
    auto forged = signed_at(noon, "another key of that length", "{}");
    forged.headers.emplace_back("Origin", "https://shop.example");
    const auto wrong_key = request_with({{"X-Pinrelay-Key", "wrong"}, {"Origin", "https://shop.example"}});
    const auto why = [&](const http::Request& request) {
        return Access(settings).judge(request, boost::asio::ip::make_address("198.51.100.1"), noon).because;
    };

    EXPECT_EQ(why(forged), "the signature does not fit the time and the body");
    EXPECT_EQ(why(wrong_key), "the shared key is not one of this account's");
}

TEST(KeepQueryOfSigned, LeavesWhatChoosesTheAccountAlone) {
    const auto kept = [](std::string query) {
        const bool left_out = keep_query_of_signed(query);
        return query + (left_out ? " !" : "");
    };

    EXPECT_EQ(kept("measurement_id=G-1&api_secret=x&debug=1"), "measurement_id=G-1&api_secret=x&debug=1");
    EXPECT_EQ(kept("v=2&tid=G-1&en=purchase&epn.value=1&measurement_id=G-1"), "measurement_id=G-1 !");
    EXPECT_EQ(kept("event=purchase"), " !");
    EXPECT_EQ(kept(""), "");
}

}  // namespace
}  // namespace pinrelay::ingest
