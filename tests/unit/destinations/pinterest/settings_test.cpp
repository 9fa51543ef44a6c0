#include <stdexcept>

#include "fixture.hpp"

namespace pinrelay::test {
namespace {

// The sentence with which the settings are refused; "" when they are taken.
std::string refusal_of(pinterest::Settings settings) {
    try {
        pinterest::make_pinterest(std::move(settings));
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "";
}

TEST(Settings, NameTheDestinationByItsAccountAndHoldNoSecretInIt) {
    EXPECT_EQ(pinterest::make_pinterest(settings())->name(), "pinterest:549755885175");
}

TEST(Settings, WantAnAdAccountIdOfDigits) {
    for (const char* id : {"", "26x", "1234567890123456789", "../549", " 549"}) {
        auto with = settings();
        with.ad_account_id = id;
        EXPECT_NE(refusal_of(with).find("ad_account_id"), std::string::npos) << id;
    }
    auto longest = settings();
    longest.ad_account_id = "123456789012345678";
    EXPECT_EQ(refusal_of(longest), "");
}

TEST(Settings, WantATokenThatFitsIntoAHeaderAndDoNotRepeatIt) {
    for (const char* token : {"", "pina_A\r\nX-Evil: 1", "pina_ SECRET", "pina_\x7f"}) {
        auto with = settings();
        with.access_token = Secret(token);
        EXPECT_EQ(refusal_of(with), "pinterest: the access token is empty or holds spaces");
    }
}

TEST(Settings, WantCodesForCurrencyAndRegion) {
    auto currency = settings();
    currency.default_currency = "dollars";
    auto region = settings();
    region.default_region = "USA";

    EXPECT_EQ(refusal_of(currency), "pinterest: default_currency \"dollars\" is no three-letter code");
    EXPECT_EQ(refusal_of(region), "pinterest: default_region \"USA\" is no two-letter country code");
}

}  // namespace
}  // namespace pinrelay::test
