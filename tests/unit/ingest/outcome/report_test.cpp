#include "ingest/outcome/report.hpp"

#include <gtest/gtest.h>

#include "fixtures/counting_metrics.hpp"
#include "fixtures/fake_destination.hpp"
#include "fixtures/test_logger.hpp"
#include "pinrelay/decode/ignored.hpp"
#include "pinrelay/ingest/drop_advice.hpp"

namespace pinrelay::ingest {
namespace {

class Report : public testing::Test {
protected:
    Outcome dropped(std::string_view reason, std::string message = "because") const {
        Outcome outcome;
        outcome.event_name = "purchase";
        outcome.destination = &destination;
        outcome.result = destination::Drop{reason, "", std::move(message)};
        return outcome;
    }

    // An event of a browser with a warning about its address.
    static Outcome doubtful(std::string_view code) {
        Outcome outcome;
        outcome.sender = model::Sender::Browser;
        outcome.warnings = {{code, "X-Forwarded-For", ""}};
        return outcome;
    }

    // The lines of at least that level.
    std::vector<std::string> said(LogLevel level = LogLevel::Info) const {
        std::vector<std::string> texts;
        for (const auto& line : logger.lines())
            if (line.level >= level) texts.push_back(line.text);
        return texts;
    }

    static Client untrusted(const char* peer) {
        http::Request request;
        request.peer_address = peer;
        request.headers = {{"X-Forwarded-For", "203.0.113.9"}};
        return TrustedProxies(std::vector<std::string>{}).client(request);
    }

    void note(const std::vector<Outcome>& outcomes, const Client& client, const http::Request& request = {}) {
        report.note(outcomes, client, request);
    }

    const test::FakeDestination destination{"fake"};
    test::CountingMetrics metrics;
    test::TestLogger logger;
    watch::LiveEvents live;
    OutcomeReport report{metrics, logger, &live};
};

TEST_F(Report, CountsWhatIsNotSentByItsReasonAndEachWarning) {
    std::vector<Outcome> outcomes(5);
    outcomes[0].destination = &destination;
    outcomes[0].warnings = {{"bad_value", "value", "left out"}};
    outcomes[1].destination = &destination;
    outcomes[1].result = destination::Drop{"bot", "", ""};
    outcomes[2].result = decode::Ignored{"ping"};
    outcomes[3].result = decode::Rejection{decode::RejectCode::NotAnEvent, "", ""};
    outcomes[4].destination = &destination;
    outcomes[4].duplicate = true;

    note(outcomes, {});

    EXPECT_EQ(metrics["warned:fake:bad_value"], 1U);
    EXPECT_EQ(metrics["dropped:fake:bot"], 1U);
    EXPECT_EQ(metrics["dropped:none:ping"], 1U);
    EXPECT_EQ(metrics["dropped:none:" + std::string(decode::to_string(decode::RejectCode::NotAnEvent))], 1U);
    EXPECT_EQ(metrics.counts.size(), 4U) << "records and duplicates are the ledger's to count";
}

TEST_F(Report, ShowsEachEventToThoseWhoWatch) {
    std::vector<Outcome> outcomes{Outcome(), dropped("bot", "a crawler")};
    outcomes[0].destination = &destination;
    outcomes[0].event_name = "jane@example.com";
    outcomes[0].sent_name = "checkout";
    outcomes[0].event_id = "e-1";
    outcomes[0].identifiers = "em ph";
    outcomes[0].warnings = {{"bad_value", "value", ""}, {"url_cut", "page_location", ""}};
    watch::Cursor cursor;

    note(outcomes, {});
    report.refused("not_json", "", "no JSON at byte 3");
    const auto shown = live.read(cursor, 10).entries;

    using watch::Part;
    ASSERT_EQ(shown.size(), 3U);
    EXPECT_EQ(shown[0].status, watch::Status::Accepted);
    EXPECT_EQ(shown[0][Part::Account], "fake");
    EXPECT_EQ(shown[0][Part::Event], "") << "it may be a person's data";
    EXPECT_EQ(shown[0][Part::Name], "checkout");
    EXPECT_EQ(shown[0][Part::EventId], "e-1");
    EXPECT_EQ(shown[0][Part::Identifiers], "em ph");
    EXPECT_EQ(shown[0][Part::Warnings], "bad_value url_cut");
    EXPECT_GT(shown[0].time, Time());
    EXPECT_EQ(shown[1].status, watch::Status::Dropped);
    EXPECT_EQ(shown[1][Part::Event], "purchase");
    EXPECT_EQ(shown[1][Part::Reason], "bot");
    EXPECT_EQ(shown[1][Part::Message], "a crawler");
    EXPECT_EQ(shown[2].status, watch::Status::Rejected);
    EXPECT_EQ(shown[2][Part::Reason], "not_json");
}

TEST_F(Report, SaysTheFirstDropOfEachReasonWithItsCauseAndWhatToDo) {
    for (int i = 0; i < 3; ++i) note({dropped("no_match_keys", "neither e-mail nor address")}, {});
    note({dropped("bot")}, {});

    ASSERT_EQ(said().size(), 2U);
    EXPECT_NE(said()[0].find("destination=fake reason=no_match_keys event=purchase cause=neither e-mail nor address "
                             "sender=unknown advice=Pinterest needs"),
              std::string::npos)
        << said()[0];
    EXPECT_EQ(said(LogLevel::Warn).size(), 1U) << "a bot is no mistake";
}

TEST_F(Report, SaysTheFirstDuplicate) {
    Outcome outcome;
    outcome.destination = &destination;
    outcome.duplicate = true;

    note({outcome, outcome}, {});

    ASSERT_EQ(said().size(), 1U);
    EXPECT_NE(said()[0].find("reason=duplicate"), std::string::npos) << said()[0];
}

TEST_F(Report, SaysEachHostThatNoAccountTakesOnce) {
    Outcome outcome = dropped("no_account", "host www.shop.example");
    outcome.destination = nullptr;
    Outcome other = dropped("no_account", "host m.shop.example");
    other.destination = nullptr;

    note({outcome, other, outcome}, {});

    ASSERT_EQ(said(LogLevel::Warn).size(), 2U);
    EXPECT_NE(said()[0].find("www.shop.example"), std::string::npos);
    EXPECT_NE(said()[1].find("m.shop.example"), std::string::npos);
}

TEST_F(Report, NamesAPrivateProxyThatIsNotTrusted) {
    Outcome outcome = doubtful("proxy_not_trusted");
    outcome.destination = &destination;

    for (int i = 0; i < 2; ++i) note({outcome}, untrusted("172.18.0.3"));

    ASSERT_EQ(said(LogLevel::Warn).size(), 1U);
    EXPECT_NE(said()[0].find("peer=172.18.0.3 header=X-Forwarded-For cause=it is not a trusted proxy"),
              std::string::npos)
        << said()[0];
}

TEST_F(Report, NamesOnlyTheNetworkOfAPublicPeer) {
    const Outcome outcome = doubtful("proxy_not_trusted");

    note({outcome}, untrusted("198.41.128.77"));
    note({outcome}, untrusted("198.41.128.78"));

    ASSERT_EQ(said(LogLevel::Warn).size(), 1U);
    EXPECT_NE(said()[0].find("peer=198.41.128.0/24"), std::string::npos) << said()[0];
}

TEST_F(Report, SaysEachOtherReasonForAnUnknownAddressOnceWithoutTheAddress) {
    const TrustedProxies proxies({"10.0.0.0/8"});
    const auto from = [&](http::Headers headers) {
        http::Request request;
        request.peer_address = "10.0.0.1";
        request.headers = std::move(headers);
        return proxies.client(request);
    };

    for (int i = 0; i < 2; ++i) {
        note({doubtful("address_unknown")}, from({}));
        note({doubtful("address_unknown")}, from({{"Forwarded", "for=203.0.113.9"}}));
        note({doubtful("address_not_public")}, from({{"X-Forwarded-For", "192.168.7." + std::to_string(i)}}));
    }

    ASSERT_EQ(said(LogLevel::Warn).size(), 3U);
    EXPECT_NE(said()[0].find("peer=10.0.0.1 header=X-Forwarded-For cause=the trusted proxy does not send"),
              std::string::npos)
        << said()[0];
    EXPECT_NE(said()[1].find("header=Forwarded"), std::string::npos) << said()[1];
    EXPECT_NE(said()[1].find("PINRELAY_FORWARDED_HEADER"), std::string::npos) << said()[1];
    EXPECT_NE(said()[2].find("not a public one"), std::string::npos) << said()[2];
    EXPECT_EQ(said()[2].find("192.168"), std::string::npos) << said()[2];
}

TEST_F(Report, IsSilentAboutTheAddressThatAnEventNamesItself) {
    Outcome outcome = doubtful("address_not_public");
    outcome.sender = model::Sender::Server;

    note({outcome}, untrusted("172.18.0.3"));

    EXPECT_TRUE(said().empty());
}

TEST_F(Report, SaysEachAccountThatGetsTooManyEvents) {
    report.refused("account_rate", "", "pinterest:1 gets more events");
    report.refused("account_rate", "", "pinterest:2 gets more events");
    report.refused("account_rate", "", "pinterest:2 gets more events");

    EXPECT_EQ(said(LogLevel::Warn).size(), 2U);
}

TEST_F(Report, SaysTheFirstRefusalOfEachCode) {
    report.refused("not_json", "", "the body is no JSON document");
    report.refused("not_json", "", "the body is no JSON document");

    EXPECT_EQ(metrics["rejected:not_json"], 2U);
    ASSERT_EQ(said(LogLevel::Warn).size(), 1U);
    EXPECT_NE(said()[0].find("code=not_json"), std::string::npos);
    EXPECT_NE(said()[0].find("advice=send the same to ?debug=1"), std::string::npos) << said()[0];
}

TEST_F(Report, TellsEachEventAtDebug) {
    Outcome outcome = dropped("bot");
    outcome.warnings = {{"bad_value", "value", "left out"}, {"other", "", ""}};

    note({outcome}, {});

    EXPECT_EQ(logger.lines().back().level, LogLevel::Debug);
    EXPECT_EQ(logger.lines().back().text,
              "event event=purchase id= destination=fake outcome=dropped reason=bot warnings=bad_value other "
              "trace_id= span_id=");
}

TEST_F(Report, NamesTheTraceOfARequestAtDebug) {
    Outcome outcome;
    outcome.destination = &destination;
    http::Request request;
    request.headers = {{"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}};

    note({outcome}, {}, request);

    EXPECT_EQ(logger.count(LogLevel::Debug, "trace_id=0af7651916cd43dd8448eb211c80319c span_id=b7ad6b7169203331"), 1U);
}

TEST_F(Report, CountsWhatSentEventsCarryAndNothingOfOthers) {
    Outcome sent;
    sent.destination = &destination;
    sent.event_label = "checkout";
    sent.quality.add(model::QualityComponent::HashedEmail);
    sent.quality.add(model::QualityComponent::OrderValue);
    Outcome duplicate = sent;
    duplicate.duplicate = true;

    note({sent, duplicate, dropped("bot")}, {});

    EXPECT_EQ(metrics["quality:fake:checkout:hashed_email"], 1U);
    EXPECT_EQ(metrics["quality:fake:checkout:order_value"], 1U);
    EXPECT_EQ(metrics["quality:fake:checkout:order_id"], 0U);
}

TEST_F(Report, RepeatsNoNameThatCouldBeAPersons) {
    for (const char* name : {"jane@example.com", "Jane Roe", "_4915123456789", "purchase\n", ""}) {
        Outcome outcome = dropped("bot");
        outcome.event_name = name;
        note({outcome}, {});
        const std::string text = logger.lines().back().text;
        EXPECT_EQ(text.find(*name == '\0' ? "event= " : "event=(not a name of an event) "), 6U) << text;
    }
}

TEST(DropAdvice, KnowsWhatIsAMistakeMoreOftenThanNot) {
    EXPECT_EQ(advice_for("consent").level, LogLevel::Info);
    EXPECT_EQ(advice_for("no_account").level, LogLevel::Warn);
    EXPECT_EQ(advice_for("a new reason").level, LogLevel::Warn);
    EXPECT_FALSE(advice_for("a new reason").text.empty());
}

TEST(DropAdvice, MakesNoFussAboutMembersThatAreNoEvents) {
    for (const auto reason : decode::ignored::all)
        EXPECT_EQ(advice_for(reason).level == LogLevel::Info, decode::ignored::is_no_event(reason)) << reason;
}

TEST(DropAdvice, TellsARefusedSenderSomethingElseThanToAskForDebug) {
    for (const char* code :
         {"credentials_missing", "key_wrong", "signature_wrong", "signature_expired", "origin_refused",
          "network_refused", "client_rate", "account_rate", "not_found", "body_too_large"})
        EXPECT_EQ(advice_for(code).text.find("?debug=1"), std::string_view::npos) << code;
}

}  // namespace
}  // namespace pinrelay::ingest
