#include <limits>

#include "unit/destinations/pinterest/fixture.hpp"

// A limit on a part does not refuse the whole.
namespace pinrelay::test {
namespace {

model::Event order_of(std::size_t lines, const std::string& id = "SKU") {
    auto bought = event();
    bought.transaction_id = "T1";
    bought.currency = "EUR";
    for (std::size_t i = 0; i < lines; ++i) bought.items.push_back(item(id + std::to_string(i), "2.50", "2"));
    return bought;
}

std::size_t length_at(const Translated& result, std::string_view pointer) {
    const auto* list = result.body.at_pointer(pointer);
    return list == nullptr ? 0 : list->items().size();
}

TEST(LongOrders, KeepValueIdAndUnitsOfAllTheirItems) {
    const auto result = translate(order_of(250));

    EXPECT_EQ(result.at("/custom_data/value"), R"("1250")");
    EXPECT_EQ(result.at("/custom_data/order_id"), R"("T1")");
    EXPECT_EQ(result.at("/custom_data/num_items"), "500");
    EXPECT_EQ(length_at(result, "/custom_data/contents"), 200U);
    EXPECT_EQ(length_at(result, "/custom_data/content_ids"), 250U);
    EXPECT_EQ(result.warnings(), (std::vector<std::string>{"value_from_items custom_data.value",
                                                           "contents_left_out custom_data.contents"}));
}

TEST(LongOrders, AreCutAtTheOperatorsLimit) {
    auto with = settings();
    with.max_contents = 3;

    EXPECT_EQ(length_at(translate(order_of(3), with), "/custom_data/contents"), 3U);
    EXPECT_EQ(translate(order_of(3), with).message_of("contents_left_out"), "");
    EXPECT_EQ(length_at(translate(order_of(4), with), "/custom_data/contents"), 3U);
    EXPECT_NE(translate(order_of(4), with).message_of("contents_left_out"), "");
}

TEST(LongOrders, CountTheUnitsOfItemsThatAreNotListed) {
    auto bought = order_of(2);
    bought.unlisted_units = 7;

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/custom_data/num_items"), "11");
    EXPECT_EQ(result.at("/custom_data/value"), "");  // the sum would lack their prices
    EXPECT_NE(result.message_of("contents_left_out"), "");
    EXPECT_NE(result.message_of("checkout_without_value"), "");
}

TEST(LongOrders, CountNoMoreUnitsThanANumberHolds) {
    auto bought = order_of(1);
    bought.unlisted_units = std::numeric_limits<std::uint64_t>::max();

    EXPECT_EQ(translate(bought).at("/custom_data/num_items"), "9223372036854775807");
}

TEST(LongOrders, TooLargeToSendLoseItemsAndNothingElse) {
    auto with = settings();
    with.max_contents = 10'000;
    for (const std::size_t lines : {3'000U, 10'000U}) {
        const auto result = translate(order_of(lines, "SKU-with-a-long-number-"), with);

        ASSERT_NE(result.record(), nullptr) << lines;
        EXPECT_LE(result.record()->body.size(), 200'000U);
        EXPECT_GE(result.record()->body.size(), 199'000U) << "more is left out than needed";
        EXPECT_EQ(result.at("/custom_data/value"), '"' + std::to_string(5 * lines) + '"');
        EXPECT_EQ(result.at("/custom_data/num_items"), std::to_string(2 * lines));
        EXPECT_EQ(result.at("/custom_data/order_id"), R"("T1")");
        EXPECT_LE(length_at(result, "/custom_data/contents") - length_at(result, "/custom_data/content_ids"), 1U);
        EXPECT_GT(length_at(result, "/custom_data/contents"), 1'000U);
    }
}

}  // namespace
}  // namespace pinrelay::test
