#include "ingest/visitor/first_party_cookies.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace pinrelay::ingest {
namespace {

const std::string new_id = "abababababababababababababababab";
const std::string known_id = "00112233445566778899aabbccddeeff";
const std::string attributes = "; Max-Age=31536000; Path=/; Secure; SameSite=Lax";

bool always_ab(std::span<unsigned char> bytes) {
    std::ranges::fill(bytes, static_cast<unsigned char>(0xAB));
    return true;
}

FirstPartyCookies cookies(CookieSettings settings = {}) { return {std::move(settings), always_ab}; }

std::string json_of(const FirstPartyCookies& cookies, const std::vector<Outcome>& outcomes) {
    JsonWriter json;
    cookies.write_json(json, outcomes);
    return json.take();
}

http::Request from_site(std::string host = "shop.example") {
    http::Request request;
    request.headers = {{"Host", std::move(host)}, {"Sec-Fetch-Site", "same-origin"}};
    return request;
}

http::Request from_elsewhere() {
    auto request = from_site();
    request.headers[1].second = "cross-site";
    return request;
}

Outcome sent(const std::string& click_id, model::Sender sender = model::Sender::Browser) {
    Outcome outcome;
    outcome.result = model::Record();
    outcome.sender = sender;
    if (!click_id.empty()) outcome.cookies = {{"_epik", click_id}};
    return outcome;
}

Outcome dropped() {
    Outcome outcome;
    outcome.result = destination::Drop{"not_mapped", "", ""};
    outcome.sender = model::Sender::Browser;
    return outcome;
}

Outcome refusing(Outcome outcome) {
    outcome.refuses_cookies = true;
    return outcome;
}

std::vector<std::string> written(const FirstPartyCookies& cookies, const http::Request& request,
                                 const std::vector<Outcome>& outcomes, const std::optional<std::string>& id = {}) {
    http::Response response;
    cookies.write(request, outcomes, id, response);
    std::vector<std::string> lines;
    for (const auto& [name, value] : response.headers) lines.push_back(name == "Set-Cookie" ? value : name + "?");
    return lines;
}

using Lines = std::vector<std::string>;

TEST(FirstPartyCookies, KeepTheClickIdForAYearReadableByThePagesScripts) {
    EXPECT_EQ(written(cookies(), from_site(), {sent("abc")}), Lines{"_epik=abc" + attributes});
}

TEST(FirstPartyCookies, AreWrittenForTheDomainThatTheHostBelongsTo) {
    const auto with_domain = cookies({true, false, {"shop.example"}});

    EXPECT_EQ(written(with_domain, from_site("t.shop.example:443"), {sent("abc")}),
              Lines{"_epik=abc" + attributes + "; Domain=shop.example"});
    EXPECT_EQ(written(with_domain, from_site("shop.test"), {sent("abc")}), Lines{"_epik=abc" + attributes});
}

TEST(FirstPartyCookies, AreTheLastEventsOncePerName) {
    auto several = sent("first");
    several.cookies.push_back({"_other", "x"});

    EXPECT_EQ(written(cookies(), from_site(), {several, sent("last"), sent(""), dropped()}),
              (Lines{"_epik=last" + attributes, "_other=x" + attributes}));
}

TEST(FirstPartyCookies, AreForTheSitesOwnBrowsersOnly) {
    EXPECT_EQ(written(cookies(), from_elsewhere(), {sent("abc")}, known_id), Lines{});
    EXPECT_EQ(written(cookies(), from_site(), {sent("abc", model::Sender::Server)}, known_id), Lines{});
}

TEST(FirstPartyCookies, AreNoneWhereAnyEventOfTheRequestRefuses) {
    const auto all = cookies({true, true, {}});

    EXPECT_EQ(written(all, from_site(), {refusing(sent("abc"))}, known_id), Lines{});
    EXPECT_EQ(written(all, from_site(), {sent("abc"), refusing(dropped())}, known_id), Lines{});
    EXPECT_EQ(json_of(all, {sent("abc", model::Sender::Server), refusing(dropped())}), "[]");
}

TEST(FirstPartyCookies, AreNoneWhereNothingIsSent) {
    EXPECT_EQ(written(cookies({true, true, {}}), from_site(), {dropped()}, known_id), Lines{});
}

TEST(FirstPartyCookies, CanBeSwitchedOffEach) {
    EXPECT_EQ(written(cookies({false, true, {}}), from_site(), {sent("abc")}, known_id),
              Lines{"_pinrelay_id=" + known_id + attributes + "; HttpOnly"});
    EXPECT_EQ(cookies({false, false, {}}).visitor_id(from_site()), std::nullopt);
    EXPECT_EQ(json_of(cookies({false, true, {}}), {sent("abc", model::Sender::Server)}), "[]");
}

TEST(FirstPartyCookies, KeepTheVisitorIdOutOfScriptsReach) {
    const auto with_id = cookies({true, true, {"shop.example"}});

    EXPECT_EQ(written(with_id, from_site(), {sent("")}, known_id),
              Lines{"_pinrelay_id=" + known_id + attributes + "; Domain=shop.example; HttpOnly"});
}

TEST(FirstPartyCookies, KnowABrowserByItsCookie) {
    auto request = from_elsewhere();
    request.headers.emplace_back("Cookie", "a=b; _pinrelay_id=" + known_id);

    EXPECT_EQ(cookies({true, true, {}}).visitor_id(request), known_id);
}

TEST(FirstPartyCookies, GiveANewIdWhereTheCookieHoldsNone) {
    auto with_garbage = from_site();
    with_garbage.headers.emplace_back("Cookie", "_pinrelay_id=jane@example.com");
    const auto with_id = cookies({true, true, {}});

    EXPECT_EQ(with_id.visitor_id(from_site()), new_id);
    EXPECT_EQ(with_id.visitor_id(with_garbage), new_id);
    EXPECT_EQ(with_id.visitor_id(from_elsewhere()), std::nullopt) << "it could not be kept";
}

TEST(FirstPartyCookies, AreToldToAServerInJson) {
    EXPECT_EQ(json_of(cookies(), {sent("first", model::Sender::Server), sent("last", model::Sender::Server)}),
              R"([{"name":"_epik","value":"last","max_age":31536000,"path":"/","same_site":"Lax","secure":true}])");
    EXPECT_EQ(json_of(cookies(), {}), "[]");
}

TEST(FirstPartyCookies, KeepTheProofForADayOutOfScriptsReach) {
    http::Response response;
    cookies({true, false, {"shop.example"}}).write_proof(from_site("t.shop.example"), "1.proof", response);

    ASSERT_NE(response.header("Set-Cookie"), nullptr);
    EXPECT_EQ(*response.header("Set-Cookie"),
              "_pinrelay_proof=1.proof; Max-Age=86400; Path=/; Secure; SameSite=Lax; Domain=shop.example; HttpOnly");
}

TEST(FirstPartyCookies, MayBeWrittenForASitesBrowserThatRefusesNone) {
    EXPECT_TRUE(cookies().may_write(from_site(), {sent("")}));
    EXPECT_TRUE(cookies().may_write(from_site("shop.example."), {sent("")}));
    EXPECT_FALSE(cookies().may_write(from_elsewhere(), {sent("")}));
    EXPECT_FALSE(cookies().may_write(from_site(), {dropped()}));
    EXPECT_FALSE(cookies().may_write(from_site(), {sent(""), refusing(dropped())}));
}

}  // namespace
}  // namespace pinrelay::ingest
