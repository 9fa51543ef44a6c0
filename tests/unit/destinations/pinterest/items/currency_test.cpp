#include "destinations/pinterest/items/currency.hpp"

#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

using pinterest::currency_code;

model::Event sale(std::optional<std::string_view> value, std::optional<std::string_view> currency) {
    auto sale = event();
    sale.value = value;
    sale.currency = currency;
    return sale;
}

TEST(CurrencySigns, OfOneCurrencyGiveItsCode) {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"€", "EUR"},  {"£", "GBP"},    {"₹", "INR"},   {"zł", "PLN"},  {"ZŁ", "ZŁ"}, {"Kč", "CZK"},
        {"R$", "BRL"}, {"US$", "USD"},  {"us$", "USD"}, {"CA$", "CAD"}, {"₺", "TRY"}, {"₽", "RUB"},
        {"₩", "KRW"},  {"Euro", "EUR"}, {"eur", "EUR"}, {"USD", "USD"}};
    for (const auto& [sign, code] : rows) EXPECT_EQ(currency_code(sign).value_or(sign), code) << sign;
    for (const auto* text : {"$", "¥", "kr", "EU", "EURO!", "", "1.0", "A€"})
        EXPECT_EQ(currency_code(text), std::nullopt) << text;
}

TEST(CurrencySigns, StandForTheCurrencyOfAnEvent) {
    const auto result = translate(sale("79,99", " € "));

    EXPECT_EQ(result.at("/custom_data/currency"), R"("EUR")");
    EXPECT_EQ(result.at("/custom_data/value"), R"("79.99")");
    EXPECT_TRUE(result.warnings().empty());
}

TEST(CurrencySigns, BesideTheAmountStandForAnAbsentCurrency) {
    EXPECT_EQ(translate(sale("₹1,23,456.00", std::nullopt)).at("/custom_data/currency"), R"("INR")");
    EXPECT_EQ(translate(sale("₹1,23,456.00", std::nullopt)).at("/custom_data/value"), R"("123456")");
    EXPECT_EQ(translate(sale("79,99 €", std::nullopt)).at("/custom_data/currency"), R"("EUR")");
    EXPECT_EQ(translate(sale("GBP 5", std::nullopt)).at("/custom_data/currency"), R"("GBP")");
    EXPECT_EQ(translate(sale("79,99 €", "CHF")).at("/custom_data/currency"), R"("CHF")");

    auto with = settings();
    with.default_currency = "USD";
    EXPECT_EQ(translate(sale("$5", std::nullopt), with).at("/custom_data/currency"), R"("USD")");
}

TEST(CurrencySigns, OfSeveralCurrenciesTakeTheValueWithThemAndSaySo) {
    for (const auto* sign : {"$", "¥", "kr", "Rs."}) {
        const auto result = translate(sale("5", sign));
        EXPECT_EQ(result.at("/custom_data/value"), "") << sign;
        EXPECT_EQ(result.warnings(), (std::vector<std::string>{"currency_invalid custom_data.currency",
                                                               "value_without_currency custom_data.value"}));
        EXPECT_NE(result.message_of("currency_invalid").find("several currencies"), std::string::npos);
    }
}

// Each way in which a sale can lose its value has one warning that says so.
TEST(Sales, WithoutAValueWarnOnce) {
    const auto codes = [](const model::Event& event) {
        std::vector<std::string> list;
        for (const auto& warning : translate(event).translation.warnings)
            if (warning.field == "custom_data.value") list.emplace_back(warning.code);
        return list;
    };
    using Codes = std::vector<std::string>;
    auto of_items = sale(std::nullopt, std::nullopt);
    of_items.items = {item("A", "5", "1")};
    auto of_items_without_price = sale(std::nullopt, "EUR");
    of_items_without_price.items = {item("A", "5", "1"), item("B", "(not set)", "1")};

    EXPECT_EQ(codes(sale(std::nullopt, "EUR")), Codes{"checkout_without_value"});
    EXPECT_EQ(codes(sale("undefined", "EUR")), Codes{"checkout_without_value"});
    EXPECT_EQ(codes(of_items_without_price), Codes{"checkout_without_value"});
    EXPECT_EQ(codes(sale("free", "EUR")), Codes{"value_invalid"});
    EXPECT_EQ(codes(sale("-1", "EUR")), Codes{"value_invalid"});
    EXPECT_EQ(codes(sale("5", std::nullopt)), Codes{"value_without_currency"});
    EXPECT_EQ(codes(sale("5", "undefined")), Codes{"value_without_currency"});
    EXPECT_EQ(codes(sale("5", "taler")), Codes{"value_without_currency"});
    EXPECT_EQ(codes(of_items), (Codes{"value_from_items", "value_without_currency"}));
    EXPECT_EQ(codes(sale("5", "EUR")), Codes{});
    EXPECT_EQ(codes(sale("0", "EUR")), Codes{});
    EXPECT_EQ(codes(event("page_view")), Codes{});
}

TEST(WithoutEntities, ReadsTheSignsThatShopsKeepAsHtml) {
    const auto plain = [](std::string_view text) { return destinations::pinterest::without_entities(text, arena()); };
    EXPECT_EQ(plain("&euro;12"), "€12");
    EXPECT_EQ(plain("12 &#8364;"), "12 €");
    EXPECT_EQ(plain("&#x20AC;&#36;&pound;"), "€$£");
    EXPECT_EQ(plain("&#122;&#322;"), "zł");
    for (const std::string_view text :
         {"", "&", "&;", "&#;", "&#x;", "&#0;", "&#99999999999;", "&#xD800;", "&unknown;", "a & b; c"})
        EXPECT_EQ(plain(text), text);
}

}  // namespace
}  // namespace pinrelay::test
