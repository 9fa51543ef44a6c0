#include "decode/text/misspelling.hpp"

#include <gtest/gtest.h>

#include <string>

#include "fixtures/decoding.hpp"
#include "pinrelay/decode/warnings.hpp"

namespace pinrelay::decode {
namespace {

TEST(MeantBy, FindsTheKeyThatOneSlipTurnedIntoThis) {
    const std::pair<const char*, const char*> cases[] = {
        {"emial", "email"},
        {"emil", "email"},
        {"e_mail", "email"},
        {"emails", "email"},
        {"curency", "currency"},
        {"currrency", "currency"},
        {"curremcy", "currency"},
        {"transction_id", "transaction_id"},
        {"trasaction_id", "transaction_id"},
        {"transaciton_id", "transaction_id"},
        {"user_data_emial", "user_data_email"},
        {"user_data_fist_name", "user_data_first_name"},
        {"usr_data", "user_data"},
        {"concent_state", "consent_state"},
        {"ad_strorage", "ad_storage"},
        {"items_quantiy", "items_quantity"},
        {"itmes", "items"},
        {"vaule", "value"},
    };
    for (const auto& [key, word] : cases) EXPECT_EQ(meant_by(key), word) << key;
}

// Keys of GA4, GTM, Meta, Segment and shops that are no slips, and custom parameters that resemble a known key.
TEST(MeantBy, FindsNothingForRealKeys) {
    for (const char* key : {"item_category2",
                            "item_category5",
                            "item_list_id",
                            "items_item_category2",
                            "page_path",
                            "page_hostname",
                            "ga_session_id",
                            "session_id",
                            "engagement_time_msec",
                            "campaign_source",
                            "creative_name",
                            "promotion_id",
                            "affiliation",
                            "shipping",
                            "tax",
                            "payment_type",
                            "shipping_tier",
                            "lead_source",
                            "method",
                            "content",
                            "content_type",
                            "content_id",
                            "contents_ids_",
                            "product",
                            "line_item",
                            "item",
                            "values",
                            "county",
                            "user_properties",
                            "anonymousid",
                            "messageid",
                            "properties",
                            "context",
                            "traits",
                            "fbp",
                            "fbc",
                            "event_source_id",
                            "num_items",
                            "delivery_category",
                            "screen_name",
                            "firebase_screen",
                            "debug_mode",
                            "email2",
                            "phone1",
                            "address1",
                            "address_2",
                            "user_data_phone2",
                            "items_index",
                            "items_discount",
                            "gclid",
                            "event_category",
                            "event_label",
                            "event_action",
                            "event_value",
                            "order_type",
                            "order_total",
                            "sender",
                            "agenda",
                            "time",
                            "prices",
                            "product_list",
                            "promotions",
                            "coupon_code",
                            "user_type",
                            "user_ids",
                            "item_price",
                            "item_name",
                            "item_id",
                            "items_",
                            "items_email",
                            "customer_group",
                            "client_secret",
                            "click_url",
                            "status",
                            "iphone"}) {
        if (meant_by(key).empty()) continue;
        ADD_FAILURE() << key << ": " << meant_by(key);
    }
}

std::vector<std::string> slips_of(std::string body) {
    std::vector<std::string> slips;
    for (const auto& warning : test::decode_event(std::move(body)).warnings)
        if (warning.code == warnings::key_misspelt) slips.push_back(warning.field + ": " + warning.message);
    return slips;
}

TEST(MisspeltKeys, AreSaidWithTheKeyThatIsMeant) {
    const std::vector<std::string> said = {R"(curency: this key has no meaning; is "currency" meant?)",
                                           R"(transction_id: this key has no meaning; is "transaction_id" meant?)",
                                           R"(user_data_emial: this key has no meaning; is "user_data_email" meant?)"};

    EXPECT_EQ(slips_of(R"({"event":"purchase","curency":"EUR","transctionId":"T","user_data":{"emial":"a@b.example"}})")
                  .size(),
              3U);
    EXPECT_EQ(
        slips_of(R"({"event":"purchase","curency":"EUR","transction_id":"T","user_data":{"emial":"a@b.example"}})"),
        said);
}

TEST(MisspeltKeys, AreNoneWhereAnotherKeySaysTheSame) {
    EXPECT_EQ(slips_of(R"({"event":"purchase","curency":"EUR","currency":"EUR","emails":2,"email":"a@b.example"})"),
              std::vector<std::string>{});
}

TEST(MisspeltKeys, AreFoundInParametersAndItems) {
    EXPECT_EQ(slips_of(R"({"events":{"name":"purchase","params":{"curency":"EUR","items":[{"item_id":1,"pirce":5}]}}})")
                  .size(),
              2U);
    EXPECT_EQ(slips_of(R"({"event":"purchase","ecommerce":{"curency":"EUR"}})").size(), 1U);
}

}  // namespace
}  // namespace pinrelay::decode
