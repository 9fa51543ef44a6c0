#include "pinrelay/identity/digest.hpp"
#include "unit/destinations/pinterest/fixture.hpp"

// event_id, event_time, action_source: which event it is, when it happened and where.
namespace pinrelay::test {
namespace {

using namespace std::chrono_literals;

TEST(EventId, IsTheSendersTrimmed) {
    auto bought = event();
    bought.event_id = " pin-9 ";

    const auto result = translate(bought);

    EXPECT_EQ(result.record()->event_id, "pin-9");
    EXPECT_EQ(result.at("/event_id"), R"("pin-9")");
    EXPECT_TRUE(result.warnings().empty());
}

TEST(EventId, IsTheTransactionIdOfAPurchaseThatHasNone) {
    auto bought = event("purchase");
    bought.event_id = "undefined";
    bought.transaction_id = "ORDER-1";

    const auto result = translate(bought);

    EXPECT_EQ(result.record()->event_id, "ORDER-1");
    EXPECT_EQ(result.warnings(), std::vector<std::string>{"event_id_derived event_id"});
}

TEST(EventId, IsTheFingerprintElse) {
    for (const char* name : {"purchase", "add_to_cart"}) {
        auto hit = event(name);
        hit.event_id.reset();
        if (hit.name == "add_to_cart") hit.transaction_id = "ORDER-1";  // many carts, one order

        const auto result = translate(hit);

        EXPECT_EQ(result.record()->event_id, "00ff");
        EXPECT_EQ(result.warnings(), std::vector<std::string>{"event_id_derived event_id"});
    }
}

TEST(EventId, OfMoreThan256BytesIsItsDigest) {
    auto bought = event();
    bought.event_id = std::string(257, 'x');
    EXPECT_EQ(translate(bought).record()->event_id, identity::sha256_hex(std::string(257, 'x')));

    bought.event_id = std::string(256, 'x');
    EXPECT_EQ(translate(bought).record()->event_id, std::string(256, 'x'));
}

TEST(EventTime, IsRoundedDownToSeconds) {
    auto bought = event();
    bought.time = Time(1713571200999999us);

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/event_time"), "1713571200");
    EXPECT_EQ(result.record()->event_time, Time(1713571200s));
    EXPECT_TRUE(result.warnings().empty());
}

TEST(EventTime, IsTheArrivalWhenTheSenderGivesNone) {
    const auto result = translate(event());

    EXPECT_EQ(result.at("/event_time"), "1713571230");
    EXPECT_TRUE(result.warnings().empty());
}

TEST(EventTime, ThatCannotBeRightIsReplacedByTheArrival) {
    auto unreadable = event();
    unreadable.time_unreadable = true;
    auto future = event();
    future.time = received + 5min + 1us;
    auto absurd = event();
    absurd.time = Time(std::chrono::sys_days(std::chrono::January / 1 / 2000)) - 1us;

    for (const auto& wrong : {unreadable, future, absurd}) {
        const auto result = translate(wrong);
        EXPECT_EQ(result.at("/event_time"), "1713571230");
        EXPECT_EQ(result.warnings(), std::vector<std::string>{"event_time_replaced event_time"});
    }
}

TEST(EventTime, ALittleInTheFutureStaysSinceClocksDiffer) {
    auto bought = event();
    bought.time = received + 5min;

    EXPECT_EQ(translate(bought).at("/event_time"), "1713571530");
}

TEST(EventTime, OlderThanSevenDaysIsDropped) {
    auto old = event();
    old.time = received - 24h * 7;
    EXPECT_EQ(translate(old).dropped(), "");

    old.time = received - 24h * 7 - 1us;
    EXPECT_EQ(translate(old).dropped(), "too_old");
}

TEST(EventTime, LateEventsAreDroppedOnlyWhenAskedForAndNeverOfflineOnes) {
    auto with = settings();
    with.late_policy = pinterest::LatePolicy::Drop;
    auto late = event();
    late.time = received - 1h - 1us;
    auto offline = late;
    offline.action_source = "offline";
    auto in_time = event();
    in_time.time = received - 1h;

    EXPECT_EQ(translate(late).dropped(), "");
    EXPECT_EQ(translate(late, with).dropped(), "late");
    EXPECT_EQ(translate(offline, with).dropped(), "");
    EXPECT_EQ(translate(in_time, with).dropped(), "");
}

std::string source_of(const model::Event& event) { return translate(event).at("/action_source"); }

TEST(ActionSource, IsTheSendersOwnWord) {
    auto bought = event();
    for (const char* word : {"web", "app_android", "app_ios", "offline"}) {
        bought.action_source = word;
        EXPECT_EQ(source_of(bought), '"' + std::string(word) + '"');
    }
}

TEST(ActionSource, IsWebForAWordThatPinterestDoesNotKnow) {
    auto bought = event();
    bought.action_source = "website";

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/action_source"), R"("web")");
    EXPECT_EQ(result.warnings(), std::vector<std::string>{"action_source_unknown action_source"});
}

TEST(ActionSource, OfAnAppIsItsPlatforms) {
    const std::vector<std::pair<std::string, std::string>> systems = {
        {"iOS", "app_ios"}, {"iPadOS", "app_ios"}, {"Android", "app_android"}, {"ANDROID 14", "app_android"}};
    for (const auto& [system, source] : systems) {
        auto opened = event("app_open");
        opened.app_instance_id = "a";
        opened.device.operating_system = system;
        EXPECT_EQ(source_of(opened), '"' + source + '"') << system;
    }
}

TEST(ActionSource, OfAnAppWithoutSystemIsReadFromTheUserAgent) {
    auto opened = event("app_open");
    opened.app_instance_id = "a";
    opened.user_agent = "Dalvik/2.1.0 (Linux; U; Android 14)";
    EXPECT_EQ(source_of(opened), R"("app_android")");

    opened.user_agent = "Shop/3 CFNetwork/1490.0.4 Darwin/23.2.0";
    EXPECT_EQ(source_of(opened), R"("app_ios")");

    opened.user_agent = "axios/1.6";
    EXPECT_EQ(translate(opened).warnings(), std::vector<std::string>{"action_source_unknown action_source"});
}

TEST(SourceName, IsNotKeptWhereNobodyWouldNameAnEventLikeThat) {
    auto custom = settings();
    custom.unknown_events = pinterest::UnknownEvents::Custom;

    for (const std::string& name : {std::string("by jane@example.com"), std::string(257, 'x')}) {
        const auto result = translate(event(name), custom);

        ASSERT_NE(result.record(), nullptr);
        EXPECT_EQ(result.record()->source_name, "");
    }
}

TEST(ActionSource, OfflineMarksARecordThatPinterestDoesNotDeduplicate) {
    auto bought = event();
    EXPECT_TRUE(translate(bought).record()->deduplicated);

    bought.action_source = "offline";
    EXPECT_FALSE(translate(bought).record()->deduplicated);
}

}  // namespace
}  // namespace pinrelay::test
