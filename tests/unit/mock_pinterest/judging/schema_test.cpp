#include "mock_pinterest/judging/schema.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <set>

#include "mock_pinterest/judging/schema_tables.hpp"
#include "unit/mock_pinterest/sample_events.hpp"

namespace pinrelay::mock {
namespace {

using test::body_of;
using test::event;
using test::json;

std::string message_for(const json& body) {
    const auto breach = find_breach(body, {});
    return breach ? breach->message : "";
}

// One key: a value that must pass, and one that must not with a part of its message.
struct KeyCase {
    const char* pointer;
    json good;
    json bad;
    const char* message;
};
void PrintTo(const KeyCase& row, std::ostream* out) { *out << row.pointer; }

json with(const char* pointer, const json& value) {
    json changed = event();
    changed[json::json_pointer(pointer)] = value;
    return body_of({changed});
}

const json texts = json::array({"one", "two"});
const json numbers = json::array({"one", 2});
const char* const not_text = "is not of type 'string'";
const char* const not_text_or_null = "is not of type 'string', 'null'";
const char* const not_list = "is not of type 'array'";
const char* const not_integer = "is not of type 'integer'";
const char* const not_boolean = "is not of type 'boolean'";

std::string letters(std::size_t count) { return std::string(count, 'x'); }

const KeyCase key_cases[] = {
    {"/event_name", "lead", 1, "1 is not of type 'string'"},
    {"/action_source", "app_ios", nullptr, "None is not of type 'string'"},
    {"/event_time", 1, "1", "'1' is not of type 'integer'"},
    {"/event_time", 1, 1.5, "1.5 is not of type 'integer'"},
    {"/event_id", "", true, "True is not of type 'string'"},
    {"/user_data", test::user_data(), json::array(), "[] is not of type 'object'"},
    {"/event_source_url", nullptr, 1, not_text_or_null},
    {"/opt_out", true, "false", not_boolean},
    {"/opt_out", false, nullptr, not_boolean},
    {"/partner_name", nullptr, 1, not_text_or_null},
    {"/custom_data", json::object(), nullptr, "is not of type 'object'"},
    {"/app_id", nullptr, 1, not_text_or_null},
    {"/app_name", "a", 1, not_text_or_null},
    {"/app_version", "a", 1, not_text_or_null},
    {"/device_brand", nullptr, 1, not_text_or_null},
    {"/device_carrier", "a", 1, not_text_or_null},
    {"/device_model", "a", 1, not_text_or_null},
    {"/device_type", "a", 1, not_text_or_null},
    {"/os_version", "a", 1, not_text_or_null},
    {"/wifi", true, 1, not_boolean},
    {"/language", "en", 1, not_text_or_null},
    {"/app_info", json::object(), 1, "is not of type 'object'"},
    {"/device_info", json::object(), 1, "is not of type 'object'"},
    {"/advertiser_tracking_enabled", true, "yes", not_boolean},
    {"/user_data/em", texts, "one", not_list},
    {"/user_data/ph", texts, numbers, "2 is not of type 'string'"},
    {"/user_data/fn", texts, "one", not_list},
    {"/user_data/ln", texts, "one", not_list},
    {"/user_data/ge", texts, "one", not_list},
    {"/user_data/db", texts, "one", not_list},
    {"/user_data/ct", texts, "one", not_list},
    {"/user_data/st", texts, nullptr, not_list},
    {"/user_data/zp", texts, 94107, not_list},
    {"/user_data/country", texts, "us", not_list},
    {"/user_data/external_id", texts, "one", not_list},
    {"/user_data/hashed_maids", texts, "one", not_list},
    {"/user_data/client_ip_address", "::1", nullptr, not_text},
    {"/user_data/client_user_agent", "a", texts, not_text},
    {"/user_data/click_id", nullptr, 1, not_text_or_null},
    {"/user_data/partner_id", nullptr, 1, not_text_or_null},
    {"/user_data/customer_type", "returning", "old", "'old' is not one of ['new', 'returning']"},
    {"/custom_data/value", "1.00", 1.0, not_text_or_null},
    {"/custom_data/currency", nullptr, 1, not_text_or_null},
    {"/custom_data/content_ids", texts, numbers, not_text},
    {"/custom_data/contents", json::array({json::object()}), json::array({"a"}), "'a' is not of type 'object'"},
    {"/custom_data/num_items", 3, "3", not_integer},
    {"/custom_data/num_items", 3, 18446744073709551615U, "is greater than the maximum"},
    {"/custom_data/order_id", nullptr, 1, not_text_or_null},
    {"/custom_data/search_string", "a", 1, not_text_or_null},
    {"/custom_data/content_name", "a", 1, not_text_or_null},
    {"/custom_data/content_category", "a", 1, not_text_or_null},
    {"/custom_data/content_brand", "a", 1, not_text_or_null},
    {"/custom_data/opt_out_type", "LDP", 1, not_text_or_null},
    {"/custom_data/np", "a", 1, not_text_or_null},
    {"/custom_data/predicted_ltv", "1", 1, not_text_or_null},
    {"/custom_data/external_measurement_id", "a", 1, not_text_or_null},
    {"/custom_data/external_measurement_vendor_id", nullptr, "1", "is not of type 'integer', 'null'"},
    {"/custom_data/contents/0/id", "a", nullptr, not_text},
    {"/custom_data/contents/0/item_price", "1.0", 1.0, not_text},
    {"/custom_data/contents/0/quantity", 2, "2", not_integer},
    {"/custom_data/contents/0/item_name", "a", 1, not_text},
    {"/custom_data/contents/0/item_category", "a", 1, not_text},
    {"/custom_data/contents/0/item_brand", "a", 1, not_text},
    {"/custom_data/contents/0/item_brand_id", letters(64), letters(65), "is too long"},
    {"/app_info/app_id", letters(200), letters(201), "is too long"},
    {"/app_info/app_name", letters(200), letters(201), "is too long"},
    {"/app_info/app_package_name", letters(200), letters(201), "is too long"},
    {"/app_info/app_store", letters(100), letters(101), "is too long"},
    {"/app_info/app_version", letters(100), letters(101), "is too long"},
    {"/app_info/install_time", 0, -1, "-1 is less than the minimum of 0"},
    {"/app_info/user_agent", letters(16384), letters(16385), "is too long"},
    {"/app_info/window_width", 30720, 30721, "30721 is greater than the maximum of 30720"},
    {"/app_info/window_height", 0, -1, "is less than the minimum"},
    {"/device_info/brand", letters(100), letters(101), "is too long"},
    {"/device_info/carrier", letters(100), letters(101), "is too long"},
    {"/device_info/model", letters(100), letters(101), "is too long"},
    {"/device_info/type", letters(100), letters(101), "is too long"},
    {"/device_info/kernel_version", letters(100), letters(101), "is too long"},
    {"/device_info/os_name", letters(100), letters(101), "is too long"},
    {"/device_info/os_release_name", letters(100), letters(101), "is too long"},
    {"/device_info/os_version", letters(100), letters(101), "is too long"},
    {"/device_info/locale", letters(35), letters(36), "is too long"},
    {"/device_info/timezone", letters(40), letters(41), "is too long"},
    {"/device_info/timezone_abbr", letters(5), letters(6), "is too long"},
    {"/device_info/languages", json::array_t(100, "en"), json::array_t(101, "en"), "is too long"},
    {"/device_info/form_factor", "vr", "phone", "'phone' is not one of ['desktop'"},
    {"/device_info/network_type", "cellular_6g", "5g", "is not one of"},
    {"/device_info/os_family", "bsd", "iOS", "is not one of"},
    {"/device_info/battery_level", 100, 101, "is greater than the maximum"},
    {"/device_info/cpu_cores", 1152, 1153, "is greater than the maximum"},
    {"/device_info/screen_width", 30720, 30721, "is greater than the maximum"},
    {"/device_info/screen_height", 30720, 30721, "is greater than the maximum"},
    {"/device_info/screen_density", 100000, 100001, "is greater than the maximum"},
    {"/device_info/external_storage_free_space", 1048576, 1048577, "is greater than the maximum"},
    {"/device_info/external_storage_size", 1048576, 1048577, "is greater than the maximum"},
    {"/device_info/storage_free_space", 1048576, 1048577, "is greater than the maximum"},
    {"/device_info/storage_size", 1048576, 1048577, "is greater than the maximum"},
};

class SchemaKey : public testing::TestWithParam<KeyCase> {};

TEST_P(SchemaKey, TakesTheGoodValue) {
    const json body = with(GetParam().pointer, GetParam().good);

    EXPECT_EQ(message_for(body), "");
}

TEST_P(SchemaKey, RefusesTheBadValue) {
    const json body = with(GetParam().pointer, GetParam().bad);

    const std::string message = message_for(body);

    EXPECT_NE(message.find(GetParam().message), std::string::npos) << message;
    EXPECT_EQ(message.rfind("Invalid request: ", 0), 0U) << message;
}

INSTANTIATE_TEST_SUITE_P(Mock, SchemaKey, testing::ValuesIn(key_cases));

TEST(Schema, HasACaseForEveryKeyOfTheTables) {
    std::set<std::string> in_tables;
    const auto collect = [&](const std::string& place, const schema::Shape& shape) {
        for (const schema::Key& key : shape.keys) in_tables.insert(place + "/" + std::string(key.name));
    };
    collect("", schema::event_shape);
    collect("/user_data", schema::user_data_shape);
    collect("/custom_data", schema::custom_data_shape);
    collect("/custom_data/contents/0", schema::contents_shape);
    collect("/app_info", schema::app_info_shape);
    collect("/device_info", schema::device_info_shape);

    std::set<std::string> in_cases;
    for (const KeyCase& row : key_cases) in_cases.insert(row.pointer);

    EXPECT_EQ(in_cases, in_tables);
}

class ClosedObject : public testing::TestWithParam<const char*> {};

TEST_P(ClosedObject, RefusesAnUnknownKeyByName) {
    json changed = event();
    changed["custom_data"]["contents"] = {json::object()};
    changed["app_info"] = json::object();
    changed["device_info"] = json::object();
    changed[json::json_pointer(GetParam())]["category_name"] = "Shirts";

    const std::string message = message_for(body_of({changed}));

    EXPECT_EQ(message, "Invalid request: Additional properties are not allowed ('category_name' was unexpected)");
}

INSTANTIATE_TEST_SUITE_P(Mock, ClosedObject,
                         testing::Values("", "/custom_data", "/custom_data/contents/0", "/app_info", "/device_info"));

class RequiredKey : public testing::TestWithParam<const char*> {};

TEST_P(RequiredKey, IsMissedByName) {
    json changed = event();
    changed.erase(GetParam());

    const std::string message = message_for(body_of({changed}));

    EXPECT_EQ(message, "Invalid request: '" + std::string(GetParam()) + "' is a required property");
}

INSTANTIATE_TEST_SUITE_P(Mock, RequiredKey,
                         testing::Values("event_name", "action_source", "event_time", "event_id", "user_data"));

TEST(Schema, LeavesUserDataOpenUnlessToldOtherwise) {
    const json body = with("/user_data/opt_out_type", "LDP");

    const auto open = find_breach(body, {});
    const auto closed = find_breach(body, {.closed_user_data = true});

    EXPECT_FALSE(open);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->where, "data[0].user_data");
}

TEST(Schema, NamesSeveralUnknownKeysInOneMessage) {
    json body = body_of({event()});
    body["extra"] = 1;
    body["more"] = 2;

    EXPECT_EQ(message_for(body),
              "Invalid request: Additional properties are not allowed ('extra', 'more' were unexpected)");
}

TEST(Schema, SaysWhereTheBreachIs) {
    json bad = event();
    bad["custom_data"]["contents"] = json::array({{{"quantity", 1}}, {{"quantity", "2"}}});

    const auto breach = find_breach(body_of({event(), bad}), {});

    ASSERT_TRUE(breach);
    EXPECT_EQ(breach->where, "data[1].custom_data.contents[1].quantity");
}

TEST(Schema, TakesOneToAThousandEvents) {
    EXPECT_EQ(message_for(test::body_with(1000)), "");
    EXPECT_NE(message_for(test::body_with(1001)).find("is too long"), std::string::npos);
    EXPECT_EQ(message_for({{"data", json::array()}}), "Invalid request: [] is too short");
}

TEST(Schema, RefusesABodyThatIsNoObject) {
    EXPECT_EQ(message_for(json::array()), "Invalid request: [] is not of type 'object'");
    EXPECT_EQ(message_for(json::object()), "Invalid request: 'data' is a required property");
}

struct MatchCase {
    json user_data;
    bool enough;
};
class MatchRule : public testing::TestWithParam<MatchCase> {};

TEST_P(MatchRule, DecidesWhetherTheRequestIsTaken) {
    const json body = with("/user_data", GetParam().user_data);

    const std::string message = message_for(body);

    EXPECT_EQ(message.empty(), GetParam().enough) << message;
    if (!GetParam().enough) {
        EXPECT_NE(message.find("is not valid under any of the given schemas"), std::string::npos) << message;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Mock, MatchRule,
    testing::Values(MatchCase{{{"em", {test::digest}}}, true}, MatchCase{{{"hashed_maids", {test::digest}}}, true},
                    MatchCase{{{"client_ip_address", "203.0.113.1"}, {"client_user_agent", "a"}}, true},
                    MatchCase{{{"client_ip_address", "203.0.113.1"}}, false},
                    MatchCase{{{"client_user_agent", "a"}}, false}, MatchCase{{{"ph", {test::digest}}}, false},
                    MatchCase{{{"external_id", {test::digest}}, {"click_id", "dj0"}}, false},
                    MatchCase{{{"em", json::array()}}, false}, MatchCase{json::object(), false}));

TEST(Schema, CountsCharactersNotBytes) {
    std::string name;
    for (int i = 0; i < 100; ++i) name += "é";

    EXPECT_EQ(message_for(with("/device_info/brand", name)), "");
}

TEST(Schema, QuotesTextTheWayPythonDoes) {
    EXPECT_EQ(message_for(with("/event_time", "it's")), "Invalid request: \"it's\" is not of type 'integer'");
}

}  // namespace
}  // namespace pinrelay::mock
