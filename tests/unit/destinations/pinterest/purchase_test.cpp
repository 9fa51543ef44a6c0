#include "fixture.hpp"

namespace pinrelay::test {
namespace {

// The project's model purchase, as the decoder hands it over.
model::Event owners_purchase() {
    model::Event bought;
    bought.name = "purchase";
    bought.event_id = "pin-ORDER-12345-1713571200";
    bought.time = Time(std::chrono::milliseconds(1713571200123));
    bought.page_location = "https://example.com/thank-you?epik=dj0yJnU9abcdefghijklmnop";
    bought.ip_address = "203.0.113.45";
    bought.user_agent =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/17.4 Mobile/15E148 Safari/604.1";
    bought.user_id = "user-77";
    bought.user_data.emails = {" Jane.Doe@Example.com "};
    bought.user_data.phones = {"(415) 555-2671"};
    bought.user_data.first_names = {"Jane"};
    bought.user_data.last_names = {"Doe"};
    bought.user_data.cities = {"San Francisco"};
    bought.user_data.regions = {"CA"};
    bought.user_data.postal_codes = {"94103"};
    bought.user_data.countries = {"US"};
    bought.transaction_id = "ORDER-12345";
    bought.currency = "USD";
    bought.value = "79.99";
    bought.items = {item("SKU-A", "39.99", "1"), item("SKU-B", "40.0", "1")};
    bought.items[0].name = "Blue shirt";
    bought.items[1].name = "Red shirt";
    return bought;
}

constexpr const char* finished =
    R"({"event_name":"checkout","action_source":"web","event_time":1713571200,)"
    R"("event_id":"pin-ORDER-12345-1713571200",)"
    R"("event_source_url":"https://example.com/thank-you?epik=dj0yJnU9abcdefghijklmnop",)"
    R"("user_data":{)"
    R"("em":["86e0b9e56c17cc4d12387e1949b85053fbe73bc3ce5a1188713a9d300cc6133d"],)"
    R"("ph":["cb6880e416769253645cb9c6b8989154bf66a56a77fc14c81fb1019663cbb928",)"
    R"("758fbf68945f21c416814c539ab578876c8d98fb69e6da692def92cd52417fe0"],)"
    R"("external_id":["def2f8cbd6ea70e00c8941af86f00a3a2eda32f4d4e279792655dfa41b6f8da3"],)"
    R"("fn":["81f8f6dde88365f3928796ec7aa53f72820b06db8664f5fe76a7eb13e24546a2"],)"
    R"("ln":["799ef92a11af918e3fb741df42934f3b568ed2d93ac1df74f1b8d41a27932a6f"],)"
    R"("ct":["1a6bd4d9d79dc0a79b53795c70d3349fa9e38968a3fbefbfe8783efb1d2b6aac"],)"
    R"("st":["6959097001d10501ac7d54c0bdb8db61420f658f2922cc26e46d536119a31126"],)"
    R"("zp":["91dc2519ea98c5002cf2091e6a12b772eafdce9dca618e626d7d3b8275361789"],)"
    R"("country":["79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621"],)"
    R"("client_ip_address":"203.0.113.45",)"
    R"("client_user_agent":"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 )"
    R"((KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",)"
    R"("click_id":"dj0yJnU9abcdefghijklmnop"},)"
    R"("custom_data":{"currency":"USD","value":"79.99","order_id":"ORDER-12345",)"
    R"("content_ids":["SKU-A","SKU-B"],)"
    R"("contents":[{"id":"SKU-A","item_name":"Blue shirt","item_price":"39.99","quantity":1},)"
    R"({"id":"SKU-B","item_name":"Red shirt","item_price":"40","quantity":1}],"num_items":2}})";

TEST(Purchase, BecomesExactlyThisText) {
    const auto result = translate(owners_purchase());

    ASSERT_NE(result.record(), nullptr);
    EXPECT_EQ(result.record()->body, finished);
    EXPECT_TRUE(result.warnings().empty());
}

TEST(Purchase, IsTheSameInBothProfiles) {
    auto extended = settings();
    extended.profile = pinterest::Profile::Extended;

    EXPECT_EQ(translate(owners_purchase(), extended).record()->body, finished);
}

TEST(Purchase, FillsTheRecordBesideTheBody) {
    const auto result = translate(owners_purchase());

    model::Record expected;
    expected.destination = "pinterest:549755885175";
    expected.source_name = "purchase";
    expected.event_name = "checkout";
    expected.event_label = "checkout";
    expected.event_id = "pin-ORDER-12345-1713571200";
    expected.event_time = Time(std::chrono::seconds(1713571200));
    expected.deduplicated = true;
    expected.body = finished;
    ASSERT_NE(result.record(), nullptr);
    EXPECT_EQ(*result.record(), expected);
}

TEST(Purchase, TranslatedTwiceIsTheSame) {
    auto without_id = owners_purchase();
    without_id.event_id.reset();
    without_id.transaction_id.reset();
    without_id.fingerprint = "abc";

    EXPECT_EQ(translate(without_id).record()->body, translate(without_id).record()->body);
}

}  // namespace
}  // namespace pinrelay::test
