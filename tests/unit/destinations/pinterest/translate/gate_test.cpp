#include "destinations/pinterest/translate/gate.hpp"

#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

// "schema custom_data.coupon", or "" for an event that may pass.
std::string verdict(const std::string& json) {
    const auto refused = pinterest::refusal(test::json(json));
    return refused ? std::string(refused->reason) + " " + refused->field : "";
}

// A good event with one more member, and with another user_data.
std::string with(const std::string& member,
                 const std::string& user_data = R"({"client_ip_address":"203.0.113.45","client_user_agent":"M"})") {
    return R"({"event_name":"lead","action_source":"web","event_time":1713571200,"event_id":"1","user_data":)" +
           user_data + (member.empty() ? "" : "," + member) + "}";
}

TEST(Gate, LetsAGoodEventPass) {
    EXPECT_EQ(verdict(with("")), "");
    EXPECT_EQ(verdict(with(R"("custom_data":{"value":"0","contents":[{"id":"A","quantity":0}],"num_items":2})")), "");
}

TEST(Gate, RefusesKeysThatTheSchemaDoesNotKnow) {
    EXPECT_EQ(verdict(with(R"("page_title":"x")")), "schema page_title");
    EXPECT_EQ(verdict(with(R"("custom_data":{"category_name":"x"})")), "schema custom_data.category_name");
    EXPECT_EQ(verdict(with(R"("custom_data":{"contents":[{"id":"A"},{"id":"B","variant":"x"}]})")),
              "schema custom_data.contents.variant");
    EXPECT_EQ(verdict(with(R"("app_info":{"x":"y"})")), "schema app_info.x");
    EXPECT_EQ(verdict(with(R"("device_info":{"x":"y"})")), "schema device_info.x");
    EXPECT_EQ(verdict(with("", R"({"client_ip_address":"1","client_user_agent":"M","opt_out_type":"LDP"})")),
              "schema user_data.opt_out_type");
}

TEST(Gate, RefusesWrongTypes) {
    EXPECT_EQ(verdict(with(R"("opt_out":"true")")), "schema opt_out");
    EXPECT_EQ(verdict(with(R"("language":null)")), "schema language");
    EXPECT_EQ(verdict(with(R"("custom_data":[])")), "schema custom_data");
    EXPECT_EQ(verdict(with(R"("custom_data":{"value":79.99})")), "schema custom_data.value");
    EXPECT_EQ(verdict(with(R"("custom_data":{"value":"79.990"})")), "schema custom_data.value");
    EXPECT_EQ(verdict(with(R"("custom_data":{"value":"-1"})")), "schema custom_data.value");
    EXPECT_EQ(verdict(with(R"("custom_data":{"num_items":"2"})")), "schema custom_data.num_items");
    EXPECT_EQ(verdict(with(R"("custom_data":{"num_items":2.5})")), "schema custom_data.num_items");
    EXPECT_EQ(verdict(with(R"("custom_data":{"content_ids":"A,B"})")), "schema custom_data.content_ids");
    EXPECT_EQ(verdict(with(R"("custom_data":{"content_ids":[]})")), "schema custom_data.content_ids");
    EXPECT_EQ(verdict(with(R"("custom_data":{"content_ids":[1]})")), "schema custom_data.content_ids");
    EXPECT_EQ(verdict(with(R"("custom_data":{"contents":{}})")), "schema custom_data.contents");
    EXPECT_EQ(verdict(with(R"("custom_data":{"contents":["A"]})")), "schema custom_data.contents");
    EXPECT_EQ(verdict(with(R"("custom_data":{"contents":[{"item_price":1}]})")),
              "schema custom_data.contents.item_price");
}

TEST(Gate, RefusesWhatIsBeyondALimit) {
    EXPECT_EQ(verdict(with(R"("language":"eng")")), "schema language");
    EXPECT_EQ(verdict(with(R"("partner_name":"")")), "schema partner_name");
    EXPECT_EQ(verdict(with(R"("device_info":{"screen_width":30721})")), "schema device_info.screen_width");
    EXPECT_EQ(verdict(with(R"("device_info":{"screen_width":-1})")), "schema device_info.screen_width");
    EXPECT_EQ(verdict(with(R"("device_info":{"form_factor":"mobile"})")), "schema device_info.form_factor");
}

TEST(Gate, RefusesAnEventThatLacksWhatIsRequired) {
    const std::string people = R"("user_data":{"client_ip_address":"1","client_user_agent":"M"})";

    EXPECT_EQ(verdict(R"({"action_source":"web","event_time":1713571200,"event_id":"1",)" + people + "}"),
              "schema event_name");
    EXPECT_EQ(verdict(R"({"event_name":"lead","event_time":1713571200,"event_id":"1",)" + people + "}"),
              "schema action_source");
    EXPECT_EQ(verdict(R"({"event_name":"lead","action_source":"web","event_id":"1",)" + people + "}"),
              "schema event_time");
    EXPECT_EQ(verdict(R"({"event_name":"lead","action_source":"web","event_time":1713571200,)" + people + "}"),
              "schema event_id");
    EXPECT_EQ(verdict(R"({"event_name":"lead","action_source":"web","event_time":1713571200,"event_id":"1"})"),
              "schema user_data");
}

TEST(Gate, RefusesHeadsOutsideTheirSets) {
    EXPECT_EQ(verdict(R"({"event_name":"no spaces"})"), "schema event_name");
    EXPECT_EQ(verdict(R"({"action_source":"website"})"), "schema action_source");
    EXPECT_EQ(verdict(R"({"event_time":1713571200123})"), "schema event_time");
    EXPECT_EQ(verdict(R"({"event_time":"1713571200"})"), "schema event_time");
    EXPECT_EQ(verdict(R"({"event_id":""})"), "schema event_id");
    EXPECT_EQ(verdict(R"({"event_id":")" + std::string(257, 'x') + "\"}"), "schema event_id");
}

TEST(Gate, LetsNothingButDigestsPassAsIdentifiers) {
    const std::string digest(64, 'a');
    const std::string rest = R"(,"client_ip_address":"1","client_user_agent":"M"})";

    EXPECT_EQ(verdict(with("", R"({"em":[")" + digest + "\"]" + rest)), "");
    EXPECT_EQ(verdict(with("", R"({"em":["jane@example.com"])" + rest)), "schema user_data.em");
    EXPECT_EQ(verdict(with("", R"({"em":[")" + std::string(64, 'A') + "\"]" + rest)), "schema user_data.em");
    EXPECT_EQ(verdict(with("", R"({"em":")" + digest + '"' + rest)), "schema user_data.em");
    EXPECT_EQ(verdict(with("", R"({"em":[null])" + rest)), "schema user_data.em");
    EXPECT_EQ(verdict(with("", R"({"em":[])" + rest)), "schema user_data.em");
}

TEST(Gate, WantsAnEmailOrAnAdvertisingIdOrAddressAndUserAgent) {
    const std::string digest = "[\"" + std::string(64, 'a') + "\"]";

    EXPECT_EQ(verdict(with("", R"({"em":)" + digest + "}")), "");
    EXPECT_EQ(verdict(with("", R"({"hashed_maids":)" + digest + "}")), "");
    EXPECT_EQ(verdict(with("", R"({"client_ip_address":"203.0.113.45"})")), "no_match_keys user_data");
    EXPECT_EQ(verdict(with("", R"({"client_user_agent":"M"})")), "no_match_keys user_data");
    EXPECT_EQ(verdict(with("", R"({"ph":)" + digest + R"(,"external_id":)" + digest + R"(,"click_id":"c"})")),
              "no_match_keys user_data");
    EXPECT_EQ(verdict(with("", "{}")), "no_match_keys user_data");
}

TEST(Gate, StandsBehindEveryTranslation) {
    auto anonymous = event();
    anonymous.ip_address.reset();
    anonymous.user_data.phones = {"+14155552671"};
    EXPECT_EQ(translate(anonymous).dropped(), "no_match_keys");

    model::Event nobody;
    nobody.name = "purchase";
    nobody.event_id = "1";
    EXPECT_EQ(translate(nobody).dropped(), "no_match_keys");

    auto nameless = event();
    nameless.event_id.reset();
    nameless.fingerprint = {};
    EXPECT_EQ(translate(nameless).dropped(), "schema");
}

TEST(Gate, SaysWhatIsMissingToMatchAPerson) {
    const auto message = [](const model::Event& event) {
        const auto result = translate(event);
        const auto* drop = std::get_if<destination::Drop>(&result.translation.outcome);
        return drop == nullptr ? "" : drop->message;
    };
    auto without_agent = event();
    without_agent.user_agent.reset();
    auto of_private_network = event();
    of_private_network.ip_address = "10.0.0.1";

    EXPECT_NE(message(without_agent).find("an address without a user agent"), std::string::npos);
    EXPECT_NE(message(of_private_network).find("a user agent without a usable address"), std::string::npos);
    EXPECT_NE(translate(of_private_network).message_of("address_not_public").find("private"), std::string::npos);
}

TEST(Gate, NeverPassesInvalidUtf8) {
    auto bought = event();
    bought.search_term = "a\xff\xed\xa0\x80z";

    const auto result = translate(bought);

    ASSERT_NE(result.record(), nullptr);
    EXPECT_NE(result.at("/custom_data/search_string").find("\xef\xbf\xbd"), std::string::npos);
}

}  // namespace
}  // namespace pinrelay::test
