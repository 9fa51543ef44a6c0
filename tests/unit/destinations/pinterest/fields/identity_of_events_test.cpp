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
    bought.event_id = lasting(std::string(257, 'x'));
    EXPECT_EQ(translate(bought).record()->event_id, identity::sha256_hex(std::string(257, 'x')));

    bought.event_id = lasting(std::string(256, 'x'));
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

TEST(EventTime, OlderThanSevenDaysWithinAnHourIsDropped) {
    auto old = event();
    old.time = received - 24h * 7 + 1h;
    EXPECT_EQ(translate(old).dropped(), "");

    old.time = received - 24h * 7 + 1h - 1us;
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

TEST(ActionSource, IsReadInOtherSendersWords) {
    const std::vector<std::pair<std::string, std::string>> words = {
        {"website", "web"},
        {"Website", "web"},
        {"email", "web"},
        {"chat", "web"},
        {"physical_store", "offline"},
        {"Physical Store", "offline"},
        {"phone_call", "offline"},
        {"in-store", "offline"},
        {"POS", "offline"},
        {"system_generated", "web"},
        {"WEB", "web"},
        {"App_iOS", "app_ios"},
    };
    for (const auto& [word, source] : words) {
        auto bought = event();
        bought.action_source = word;

        const auto result = translate(bought);

        EXPECT_EQ(result.at("/action_source"), '"' + source + '"') << word;
        EXPECT_TRUE(result.warnings().empty()) << word;
    }
}

TEST(ActionSource, OfTheWordAppIsThePlatforms) {
    auto bought = event();
    bought.action_source = "app";
    bought.device.operating_system = "iOS 17";
    EXPECT_EQ(translate(bought).at("/action_source"), R"("app_ios")");

    bought.device.operating_system.reset();
    bought.user_agent = "Shop/5 okhttp/4.9";
    EXPECT_EQ(translate(bought).at("/action_source"), R"("app_android")");

    bought.user_agent = "Shop/5";
    bought.app.store = "Google Play";
    EXPECT_EQ(translate(bought).at("/action_source"), R"("app_android")");

    bought.app.store.reset();
    const auto unclear = translate(bought);
    EXPECT_EQ(unclear.at("/action_source"), R"("web")");
    EXPECT_EQ(unclear.warnings(), std::vector<std::string>{"action_source_unknown action_source"});
}

TEST(ActionSource, OfTheWordAppIsAnAppsForNames) {
    auto opened = event("app_open");
    opened.action_source = "app";
    opened.device.operating_system = "Android";

    EXPECT_EQ(translate(opened).at("/event_name"), R"("app_open")");
}

TEST(ActionSource, OfAnUnknownWordIsByTheEventsSigns) {
    auto of_till = event();
    of_till.sender = model::Sender::Server;
    of_till.user_data.emails = {"jane@example.com"};
    of_till.user_agent.reset();
    for (const auto* word : {"kiosk", "system_generated", "other"}) {
        of_till.action_source = word;
        EXPECT_EQ(translate(of_till).at("/action_source"), R"("offline")") << word;
    }
    of_till.action_source = "kiosk";
    EXPECT_EQ(translate(of_till).warnings(), std::vector<std::string>{"action_source_unknown action_source"});
    EXPECT_NE(translate(of_till).message_of("action_source_unknown").find("sent as offline"), std::string::npos);

    auto of_page = of_till;
    of_page.page_location = "https://shop.example/thanks";
    EXPECT_EQ(translate(of_page).at("/action_source"), R"("web")");

    auto of_app = of_till;
    of_app.app_instance_id = "0123456789abcdef0123456789abcdef";
    of_app.device.operating_system = "Android";
    EXPECT_EQ(translate(of_app).at("/action_source"), R"("app_android")");
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
