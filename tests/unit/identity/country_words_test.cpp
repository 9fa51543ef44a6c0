#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "pinrelay/identity/normalise.hpp"

// Countries as shop systems, people and other languages write them.
namespace pinrelay::identity {
namespace {

struct Written {
    std::string_view text;
    std::string_view code;
};

TEST(CountryWords, GiveTheCode) {
    const std::vector<Written> rows = {
        {"United Kingdom (UK)", "gb"},
        {"United States (US)", "us"},
        {"United States (US) Minor Outlying Islands", "um"},
        {"Congo (Kinshasa)", "cd"},
        {"Congo, The Democratic Republic of the", "cd"},
        {"Holy See (Vatican City State)", "va"},
        {"Congo (Brazzaville)", "cg"},
        {"Virgin Islands (British)", "vg"},
        {"Korea (South)", "kr"},
        {"Ireland (Northern)", "gb"},
        {"Deutschland", "de"},
        {"DEU", "de"},
        {"deu", "de"},
        {"276", "de"},
        {"040", "at"},
        {"840", "us"},
        {"DE - Deutschland", "de"},
        {"GB: United Kingdom", "gb"},
        {"Belgique / België", "be"},
        {"Germany (EU)", "de"},
        {"Spanien", "es"},
        {"Vereinigtes Königreich", "gb"},
        {"Royaume-Uni", "gb"},
        {"Großbritannien", "gb"},
        {"Angleterre", "gb"},
        {"Tschechien", "cz"},
        {"Niederlande", "nl"},
        {"Pays-Bas", "nl"},
        {"Países Bajos", "nl"},
        {"Estados Unidos", "us"},
        {"États-Unis", "us"},
        {"Stati Uniti", "us"},
        {"Vereinigte Staaten", "us"},
        {"Schweiz/Suisse/Svizzera", "ch"},
        {"Svizra", "ch"},
        {"Österreich", "at"},
        {"OESTERREICH", "at"},
        {"Polska", "pl"},
        {"Ísland", "is"},
        {"Shqipëri", "al"},
        {"Україна", "ua"},
        {"Россия", "ru"},
        {"ไทย", "th"},
        {"भारत", "in"},
        {"الإمارات العربية المتحدة", "ae"},
        {"ישראל", "il"},
        {"대한민국", "kr"},
        {"日本", "jp"},
        {"臺灣", "tw"},
        {"ドイツ", "de"},
    };
    for (const auto& row : rows) EXPECT_EQ(country(row.text), row.code) << row.text;
}

TEST(CountryWords, GiveNothingWhereTheyMayMeanAnother) {
    for (const std::string_view text : {"Germany (UK)", "Kongo", "US/CA", "001", "150", "049", "999", "27", "Atlantis",
                                        "Deutschland Süd", "( )", "/", "a/b/c/d/e/f"})
        EXPECT_EQ(country(text), std::nullopt) << text;
}

TEST(CountryWords, GivePhonesTheirCountry) {
    EXPECT_EQ(phone("07911 123456", "United Kingdom (UK)"), "+447911123456");
    EXPECT_EQ(phone("0151 23456789", "Allemagne"), "+4915123456789");
}

}  // namespace
}  // namespace pinrelay::identity
