#include "destinations/pinterest/labels.hpp"

#include <algorithm>

#include "fixture.hpp"

namespace pinrelay::test {
namespace {

// Everything odd at once; whatever a translation says must be of the fixed sets.
model::Event odd_event() {
    model::Event odd;
    odd.name = "purchase";
    odd.fingerprint = "00";
    odd.time_unreadable = true;
    odd.action_source = "shop";
    odd.page_location = "https://e.com/?m=jane@example.com";
    odd.ip_address = "10.0.0.1";
    odd.user_agent = "M";
    odd.language = "klingon";
    odd.value = "-1";
    odd.customer_type = "VIP";
    odd.user_data.emails = {"jane", "jane@example.com"};
    odd.items = {item("undefined", "free", "1.5")};
    odd.device.brand = lasting(std::string(200, 'x'));
    return odd;
}

TEST(Labels, OfWarningsAreOfTheFixedSet) {
    const auto result = translate(odd_event());

    ASSERT_NE(result.record(), nullptr);
    EXPECT_EQ(result.translation.warnings.size(), 13U);
    for (const auto& warning : result.translation.warnings) {
        const auto& all = pinterest::warnings::all;
        EXPECT_NE(std::ranges::find(all, warning.code), all.end()) << warning.code;
        EXPECT_EQ(warning.message.find("jane"), std::string::npos);
    }
}

TEST(Labels, AreDifferentFromEachOther) {
    auto warnings = pinterest::warnings::all;
    std::ranges::sort(warnings);
    auto drops = pinterest::drops::all;
    std::ranges::sort(drops);

    EXPECT_EQ(std::ranges::adjacent_find(warnings), warnings.end());
    EXPECT_EQ(std::ranges::adjacent_find(drops), drops.end());
}

}  // namespace
}  // namespace pinrelay::test
