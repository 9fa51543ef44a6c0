#include "decode/shapes/ua_ecommerce.hpp"

#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

using test::decode_event;

struct ActionCase {
    const char* ecommerce;
    const char* event_name;
};

class UaAction : public testing::TestWithParam<ActionCase> {};

TEST_P(UaAction, NamesTheEventWhateverThePushIsCalled) {
    const std::string push = std::string(R"("ecommerce":)") + GetParam().ecommerce + "}";

    EXPECT_EQ(decode_event("{" + push).name, GetParam().event_name);
    EXPECT_EQ(decode_event(R"({"event":"eec.something",)" + push).name, GetParam().event_name);
    EXPECT_EQ(decode_event(R"({"event":"view_cart",)" + push).name, GetParam().event_name);
}

INSTANTIATE_TEST_SUITE_P(Table, UaAction,
                         testing::Values(ActionCase{R"({"impressions":[{"id":"A"}]})", "view_item_list"},
                                         ActionCase{R"({"click":{"products":[]}})", "select_item"},
                                         ActionCase{R"({"detail":{"products":[]}})", "view_item"},
                                         ActionCase{R"({"add":{"products":[]}})", "add_to_cart"},
                                         ActionCase{R"({"remove":{"products":[]}})", "remove_from_cart"},
                                         ActionCase{R"({"checkout":{}})", "begin_checkout"},
                                         ActionCase{R"({"checkout":{"actionField":{}}})", "begin_checkout"},
                                         ActionCase{R"({"checkout":{"actionField":{"step":1}}})", "begin_checkout"},
                                         ActionCase{R"({"checkout":{"actionField":{"step":"1"}}})", "begin_checkout"},
                                         ActionCase{R"({"checkout":{"actionField":{"step":2}}})", "checkout_progress"},
                                         ActionCase{R"({"purchase":{"actionField":{"id":"1"}}})", "purchase"},
                                         ActionCase{R"({"refund":{"actionField":{"id":"1"}}})", "refund"},
                                         ActionCase{R"({"promoView":{"promotions":[]}})", "view_promotion"},
                                         ActionCase{R"({"promoClick":{"promotions":[]}})", "select_promotion"},
                                         ActionCase{R"({"impressions":[{"id":"A"}],"detail":{"products":[]}})",
                                                    "view_item"},
                                         ActionCase{R"({"purchase":null,"add":{"products":[]}})", "add_to_cart"}));

TEST(UaEcommerce, ReadsActionFieldAndProducts) {
    const auto event = decode_event(
        R"({"ecommerce":{"currencyCode":"EUR","purchase":{"actionField":{"id":"T1","revenue":"35.43","coupon":"C","list":"L"},
            "products":[{"id":"A","price":"1.10","quantity":"2"}]}}})");

    EXPECT_EQ(event.transaction_id, "T1");
    EXPECT_EQ(event.value, "35.43");
    EXPECT_EQ(event.currency, "EUR");
    EXPECT_EQ(event.coupon, "C");
    EXPECT_EQ(event.item_list_name, "L");
    ASSERT_EQ(event.items.size(), 1U);
    EXPECT_EQ(event.items[0].id, "A");
    EXPECT_EQ(event.items[0].quantity, "2");
}

TEST(UaEcommerce, ReadsImpressionsFromTheArrayItself) {
    const auto event = decode_event(R"({"ecommerce":{"impressions":[{"id":"A","list":"Search"},{"id":"B"}]}})");

    EXPECT_EQ(event.items.size(), 2U);
    EXPECT_EQ(event.item_list_name, "Search");
}

TEST(UaEcommerce, TakesOnlyTheActionsOwnProducts) {
    const auto event =
        decode_event(R"({"ecommerce":{"detail":{"products":[{"id":"A"}]},"impressions":[{"id":"X"},{"id":"Y"}]}})");

    ASSERT_EQ(event.items.size(), 1U);
    EXPECT_EQ(event.items[0].id, "A");
}

TEST(UaEcommerce, TakesGa4ParametersInsideAnActionKey) {
    const auto event = decode_event(
        R"({"event":"purchase","ecommerce":{"purchase":{"transaction_id":"9","value":5,"items":[{"item_id":"A"}]}}})");

    EXPECT_EQ(event.transaction_id, "9");
    EXPECT_EQ(event.value, "5");
    EXPECT_EQ(event.items.size(), 1U);
}

TEST(UaEcommerce, KeepsAGa4NameWithGa4Parameters) {
    const char* push = R"({"event":"add_payment_info","ecommerce":{"checkout":{"items":[{"item_id":"A"}]}}})";

    EXPECT_EQ(decode_event(push).name, "add_payment_info");
}

TEST(UaEcommerce, PrefersGa4ParametersBesideTheAction) {
    const auto event = decode_event(
        R"({"event":"purchase","ecommerce":{"purchase":{"actionField":{"id":"T1","revenue":"44.99"}},
            "value":39.99,"currency":"EUR","items":[{"item_id":"A"}]}})");

    EXPECT_EQ(event.value, "39.99");
    EXPECT_EQ(event.transaction_id, "T1");
}

}  // namespace
}  // namespace pinrelay::decode
