// How well senders are known, and what that changes of their events.
#include <gtest/gtest.h>

#include "collect_handler_fixture.hpp"
#include "ingest/access/hmac.hpp"

namespace pinrelay::ingest {
namespace {

using model::Trust;
using Trusts = std::vector<Trust>;

constexpr const char* trust_signing_key = "TEST_ONLY_signing_key";
const Time trust_now = std::chrono::sys_days(std::chrono::December / 1 / 2026);

class TrustTest : public CollectHandlerTest {
protected:
    TrustTest() { set({}); }

    void set(std::vector<Requirement> require, DebugAnswers debug = DebugAnswers::KnownSenders) {
        CollectSettings settings;
        settings.debug = debug;
        settings.cookies.proof_keys = {Secret("a key for the tests only")};
        AccessSettings access;
        access.origins = {"https://shop.example"};
        access.keys = {Secret(shared_key)};
        access.signing_keys = {Secret(trust_signing_key)};
        configure(settings, ConsentPolicy::Respect, access, std::move(require));
    }

    static http::Request by_browser(std::string body, const std::string& cookie = "") {
        auto request = post(std::move(body));
        request.received = trust_now;
        request.headers.emplace_back("Sec-Fetch-Site", "same-origin");
        if (!cookie.empty()) request.headers.emplace_back("Cookie", cookie);
        return request;
    }

    static http::Request by_key(std::string body, std::string query = "") {
        auto request = post(std::move(body), "/collect", std::move(query));
        request.headers.emplace_back("X-Pinrelay-Key", shared_key);
        return request;
    }

    static http::Request signed_one(const std::string& body, http::Headers headers = {}) {
        auto request = post(body);
        request.received = trust_now;
        request.headers = std::move(headers);
        const auto stamp =
            std::to_string(std::chrono::floor<std::chrono::seconds>(trust_now).time_since_epoch().count());
        request.headers.emplace_back("X-Pinrelay-Timestamp", stamp);
        request.headers.emplace_back("X-Pinrelay-Signature", *hmac_hex(Secret(trust_signing_key), stamp + "." + body));
        return request;
    }

    // The cookie that the answer sets, as the browser sends it; "" for none.
    static std::string proof_of(const http::Response& response) {
        for (const auto& [name, value] : response.headers)
            if (name == "Set-Cookie" && value.starts_with("_pinrelay_proof=")) return value.substr(0, value.find(';'));
        return "";
    }

    static constexpr const char* shared_key = "TEST_ONLY_shared_key";
};

TEST_F(TrustTest, EachRecordHasTheClassOfItsSender) {
    const auto proof = proof_of(send(by_browser(R"({"event":"page_view"})")));

    send(by_browser(R"({"event":"purchase"})", proof));
    send(by_key(R"({"event":"purchase"})"));
    send(signed_one(R"({"event":"purchase"})"));

    EXPECT_EQ(spool.trusts, (Trusts{Trust::Anonymous, Trust::Browser, Trust::Key, Trust::Signed}));
}

TEST_F(TrustTest, AProofIsWrittenOnceForTheSitesBrowser) {
    const auto first = proof_of(send(by_browser(R"({"event":"page_view"})")));
    ASSERT_NE(first, "");

    EXPECT_EQ(proof_of(send(by_browser(R"({"event":"page_view"})", first))), "") << "it is young enough";
    EXPECT_EQ(proof_of(send(by_key(R"({"event":"page_view","ip_override":"203.0.113.9"})"))), "") << "a server's";
    EXPECT_EQ(proof_of(send(by_browser(R"({"event":"page_view","opt_out":true})"))), "");
    EXPECT_EQ(proof_of(send(by_browser(R"({"event":"page_view","consent_state":{"ad_storage":"denied"}})"))), "");
}

TEST_F(TrustTest, AForgedProofIsWorthNothing) {
    auto proof = proof_of(send(by_browser(R"({"event":"page_view"})")));
    proof.back() = proof.back() == '0' ? '1' : '0';

    const auto answer = send(by_browser(R"({"event":"purchase"})", proof));

    EXPECT_EQ(spool.trusts.back(), Trust::Anonymous);
    EXPECT_NE(proof_of(answer), "") << "the browser gets a true one";
}

TEST_F(TrustTest, AProofCarriesTwentySales) {
    const auto proof = proof_of(send(by_browser(R"({"event":"page_view"})")));
    spool.trusts.clear();

    for (int i = 0; i < 21; ++i) send(by_browser(R"({"event":"purchase"})", proof));
    send(by_browser(R"({"event":"page_view"})", proof));

    Trusts expected(20, Trust::Browser);
    expected.push_back(Trust::Anonymous);
    expected.push_back(Trust::Browser);
    EXPECT_EQ(spool.trusts, expected);
}

TEST_F(TrustTest, APageOfAnotherSiteHasNoUseForItsVisitorsProof) {
    const auto proof = proof_of(send(by_browser(R"({"event":"page_view"})")));
    auto led = by_browser("", proof);
    led.method = "GET";
    led.query = "v=2&tid=G-1&cid=1.2&en=purchase";
    for (auto& [name, value] : led.headers)
        if (name == "Sec-Fetch-Site") value = "cross-site";

    EXPECT_EQ(send(led).header("Set-Cookie"), nullptr);
    EXPECT_EQ(spool.trusts.back(), Trust::Anonymous);
}

TEST_F(TrustTest, AReloadGivesAProofNoMoreSales) {
    const auto proof = proof_of(send(by_browser(R"({"event":"page_view"})")));
    for (int i = 0; i < 20; ++i) send(by_browser(R"({"event":"purchase"})", proof));

    set({});
    send(by_browser(R"({"event":"purchase"})", proof));

    EXPECT_EQ(spool.trusts.back(), Trust::Anonymous);
}

TEST_F(TrustTest, EventsOfLesserSendersThanRequiredAreDroppedAndCounted) {
    set({{"purchase", "", Trust::Key}});

    const auto dropped = send(by_browser(R"({"event":"purchase"})"));
    send(by_browser(R"({"event":"page_view"})"));
    send(by_key(R"({"event":"purchase"})"));

    EXPECT_EQ(dropped.status, 204);
    EXPECT_EQ(dropped.header("Set-Cookie"), nullptr);
    EXPECT_EQ(metrics["dropped:fake:untrusted_sender"], 1U);
    EXPECT_EQ(spool.trusts, (Trusts{Trust::Anonymous, Trust::Key}));
}

TEST_F(TrustTest, AServerIsToldThatItIsNotKnownWellEnough) {
    set({{"purchase", "", Trust::Signed}});
    auto request = by_key(R"({"event":"purchase","ip_override":"203.0.113.9"})");
    request.headers.emplace_back("Accept", "application/json");

    const auto answer = send(request);

    EXPECT_NE(answer.body.find(
                  R"("status":"dropped","reason":"untrusted_sender","message":"the account requires a )"
                  R"x(sender of class \"signed\" or better for this event; this one is \"key\" (a shared key)")x"),
              std::string::npos)
        << answer.body;
}

TEST_F(TrustTest, NoHeaderChangesASignedEvent) {
    const std::string body = R"({"event":"purchase","ip_override":"203.0.113.9","user_agent":"Mozilla/5.0 iPhone"})";

    send(signed_one(body, {{"Sec-Purpose", "prefetch"},
                           {"X-Gtm-Server-Preview", "x"},
                           {"Sec-Fetch-Site", "same-origin"},
                           {"Sec-GPC", "1"},
                           {"User-Agent", "Googlebot/2.1"},
                           {"Cookie", "_epik=x; _pin_unauth=y"}}));

    ASSERT_EQ(spool.trusts, Trusts{Trust::Signed});
    EXPECT_EQ(metrics["warned:fake:saw_address"], 1U);
    EXPECT_EQ(metrics["warned:fake:saw_agent"], 1U);
}

TEST_F(TrustTest, HeadersOfASignedRequestAreNotItsVisitors) {
    send(signed_one(R"({"event":"purchase"})", {{"Sec-Fetch-Site", "same-origin"}, {"User-Agent", "Mozilla/5.0"}}));

    EXPECT_EQ(spool.trusts, Trusts{Trust::Signed});
    EXPECT_EQ(metrics["warned:fake:saw_address"], 0U);
    EXPECT_EQ(metrics["warned:fake:saw_agent"], 0U);
}

TEST_F(TrustTest, AStrangersEventKeepsTheStrangersAddress) {
    auto request = by_browser(R"({"event":"page_view","ip_override":"198.51.100.9"})");

    send(request);

    EXPECT_EQ(metrics["warned:fake:address_not_believed"], 1U);
    EXPECT_EQ(metrics["warned:fake:saw_address"], 1U) << "its own";
}

TEST_F(TrustTest, ADebugAnswerIsForKnownSendersAndNamesTheClass) {
    const auto stranger = send(post(R"({"event":"purchase"})", "/collect", "debug=1"));
    const auto known = send(by_key(R"({"event":"purchase"})", "debug=1"));

    EXPECT_EQ(stranger.status, 403);
    EXPECT_NE(stranger.body.find("debug_off"), std::string::npos) << stranger.body;
    EXPECT_TRUE(spool.records.empty()) << "a test must not become a conversion";
    EXPECT_EQ(known.status, 200);
    EXPECT_NE(known.body.find(R"("destination":"fake")"), std::string::npos) << known.body;
    EXPECT_NE(known.body.find(R"("trust":"key","trust_because":"a shared key")"), std::string::npos) << known.body;
}

TEST_F(TrustTest, AProgramOnThisMachineGetsADebugAnswer) {
    configure({});
    auto local = post(R"({"event":"purchase"})", "/collect", "debug=1");
    local.peer_address = "127.0.0.1";
    local.headers[0].second = "localhost:8080";
    auto through_a_proxy = local;
    through_a_proxy.headers.emplace_back("X-Forwarded-For", "203.0.113.9");

    EXPECT_EQ(send(local).status, 200);
    EXPECT_EQ(send(through_a_proxy).status, 403);
}

TEST_F(TrustTest, NoAnswerToAStrangerNamesTheAccount) {
    set({}, DebugAnswers::Everybody);
    const auto explained = send(post(R"({"event":"purchase"})", "/collect", "debug=1"));
    auto asking = post(R"({"event":"purchase","ip_override":"203.0.113.9"})");
    asking.headers.emplace_back("Accept", "application/json");

    const auto told = send(asking);

    EXPECT_EQ(explained.status, 200);
    EXPECT_EQ(told.status, 200);
    EXPECT_NE(explained.body.find("would_send"), std::string::npos) << explained.body;
    EXPECT_EQ(explained.body.find("destination"), std::string::npos) << explained.body;
    EXPECT_EQ(told.body.find("destination"), std::string::npos) << told.body;
}

TEST_F(TrustTest, AStrangerIsNotToldWhatTheAccountsTake) {
    CollectSettings settings;
    settings.debug = DebugAnswers::Everybody;
    serve(settings, {{&destination, {"G-SECRET"}, {}, {}}});

    const auto explained = send(post(R"({"event":"purchase"})", "/collect", "debug=1"));

    EXPECT_NE(explained.body.find("no_account"), std::string::npos) << explained.body;
    EXPECT_EQ(explained.body.find("G-SECRET"), std::string::npos) << explained.body;
}

TEST_F(TrustTest, AnEventOfAnAccountThatDoesNotKnowTheSenderIsNotExplained) {
    const test::FakeDestination other("other");
    Route known{&destination, {}, {"shop.example"}, {}};
    known.access.keys = {Secret(shared_key)};
    serve({}, {known, {&other, {}, {}, {}}});

    const auto answer = send(by_key(R"([{"event":"purchase","page_location":"https://shop.example/"},)"
                                    R"({"event":"purchase","page_location":"https://other.example/"}])",
                                    "debug=1"));

    EXPECT_NE(answer.body.find(R"("index":0,"event":"purchase","destination":"fake","status":"would_send")"),
              std::string::npos)
        << answer.body;
    EXPECT_NE(answer.body.find(R"("index":1,"event":"purchase","status":"dropped","reason":"debug_off")"),
              std::string::npos)
        << answer.body;
}

TEST_F(TrustTest, TheQueryOfASignedRequestHoldsNoEvent) {
    auto empty = signed_one("");
    empty.query = "v=2&tid=G-1&cid=1.2&en=purchase&epn.value=999&cu=USD";
    auto beside = signed_one(R"({"event":"purchase"})");
    beside.query = "event=refund&measurement_id=G-1";

    const auto refused = send(empty);
    const auto taken = send(beside);

    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(taken.status, 204);
    EXPECT_EQ(spool.trusts, Trusts{Trust::Signed});
    EXPECT_EQ(metrics["warned:fake:query_not_signed"], 1U);
}

}  // namespace
}  // namespace pinrelay::ingest
