#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

using test::decode_members;
using test::decode_rejection;
using test::post;

constexpr DecodeLimits taken{.events = 3, .items = 2, .segment = true};

std::string track(const std::string& event, const std::string& properties = "{}") {
    return R"({"type":"track","messageId":"m","event":")" + event + R"(","properties":)" + properties + "}";
}

model::Event event_of(const std::string& call) {
    auto members = decode_members(post(call), taken);
    if (members.size() == 1 && std::holds_alternative<model::Event>(members.front()))
        return std::move(std::get<model::Event>(members.front()));
    ADD_FAILURE() << "not one event: " << call;
    return {};
}

TEST(SegmentCall, IsRefusedWhereItIsNotSwitchedOn) {
    EXPECT_EQ(decode_rejection(post(track("Order Completed"))).code, RejectCode::UnsupportedForm);
}

TEST(SegmentCall, GetsGa4sNameWhateverItsCase) {
    const std::pair<const char*, const char*> names[] = {{"Products Searched", "search"},
                                                         {"Product List Viewed", "view_item_list"},
                                                         {"Product Clicked", "select_item"},
                                                         {"Product Viewed", "view_item"},
                                                         {"Product Added", "add_to_cart"},
                                                         {"Product Removed", "remove_from_cart"},
                                                         {"Product Added to Wishlist", "add_to_wishlist"},
                                                         {"Cart Viewed", "view_cart"},
                                                         {"Checkout Started", "begin_checkout"},
                                                         {"Payment Info Entered", "add_payment_info"},
                                                         {"Shipping Info Entered", "add_shipping_info"},
                                                         {"Order Completed", "purchase"},
                                                         {"order completed ", "purchase"},
                                                         {"Order Refunded", "refund"},
                                                         {"My Own Event", "My Own Event"}};
    for (const auto& [name, ga4] : names) EXPECT_EQ(event_of(track(name)).name, ga4);
}

TEST(SegmentCall, TakesRevenueBeforeTheTotalWithTaxAndShipping) {
    EXPECT_EQ(event_of(track("Order Completed", R"({"total":12,"revenue":10})")).value, "10");
    EXPECT_EQ(event_of(track("Order Completed", R"({"total":12})")).value, "12");
}

TEST(SegmentCall, TakesThePageForThePageAndNotTheProductsUrl) {
    const auto event = event_of(R"({"type":"track","event":"Product Added","messageId":"m",)"
                                R"("properties":{"sku":"S","url":"https://shop.example/product"},)"
                                R"("context":{"page":{"url":"https://shop.example/list"}}})");

    EXPECT_EQ(event.page_location, "https://shop.example/list");
    ASSERT_EQ(event.items.size(), 1U);
    EXPECT_EQ(event.items[0].id, "S");
}

TEST(SegmentCall, KeepsTheBoundsOfARequest) {
    const std::string one = track("Order Completed");

    EXPECT_EQ(decode_members(post(R"({"batch":[)" + one + "," + one + "," + one + "]}"), taken).size(), 3U);
    EXPECT_EQ(decode_rejection(post(R"({"batch":[)" + one + "," + one + "," + one + "," + one + "]}"), taken).code,
              RejectCode::TooManyEvents);
    EXPECT_EQ(event_of(track("Order Completed", R"({"products":[1,2,3]})")).unlisted_units, 1U);
}

TEST(SegmentCall, KeepsTheCallForParameterSources) {
    const auto event = event_of(track("Order Completed", R"({"gift":"yes"})"));

    ASSERT_NE(event.source.at_pointer("/properties/gift"), nullptr);
    EXPECT_EQ(*event.source.at_pointer("/properties/gift")->text(), "yes");
}

TEST(SegmentCall, SaysThatAnEventNeedsAName) {
    EXPECT_EQ(decode_rejection(post(R"({"type":"track","messageId":"m"})"), taken).field, "/event");
    EXPECT_EQ(decode_rejection(post(R"({"type":"track","messageId":"m","event":7})"), taken).code,
              RejectCode::WrongType);
}

TEST(SegmentCall, IsExplainedByItsOwnKeys) {
    const auto request = post(R"({"type":"track","event":"Order Completed","messageId":"m","anonymousId":"a",)"
                              R"("context":{"ip":"203.0.113.9","traits":{"address":{"city":"Ulm"}}},)"
                              R"("properties":{"total":5,"product_id":"A","shade":"red"}})");
    auto decoded = test::decoded(decode::Formats(taken), request, Explain::Yes);
    const auto& event = std::get<model::Event>(std::get<Members>(decoded).front());
    const model::Origins& origins = *event.origins;

    EXPECT_EQ(origins.find(&model::Event::event_id), "messageId");
    EXPECT_EQ(origins.find(&model::Event::client_id), "anonymousId");
    EXPECT_EQ(origins.find(&model::Event::ip_address), "context.ip");
    EXPECT_EQ(origins.find(&model::UserData::cities), "context.traits.address.city");
    EXPECT_EQ(origins.find(&model::Event::value), "properties.total");
    EXPECT_EQ(origins.find(&model::Event::items), "properties");
    EXPECT_EQ(origins.unread, (std::vector<model::Origins::Unread>{{"properties.shade", ""}}));
}

}  // namespace
}  // namespace pinrelay::decode
