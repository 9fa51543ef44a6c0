#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

using pinterest::Profile;

struct NameCase {
    std::string ga4;
    std::string standard;  // "" for not forwarded
    std::string extended;
    std::string custom_name = "";  // of the `custom` target
};

// "custom BeginCheckout", "checkout", or "drop not_forwarded".
std::string sent_as(model::Event event, pinterest::Settings settings) {
    const auto result = translate(event, std::move(settings));
    if (result.record() == nullptr) return "drop " + result.dropped();
    const model::Value* name = result.body.at_pointer("/custom_data/content_name");
    return result.record()->event_name + (name == nullptr ? "" : " " + std::string(*name->text()));
}

std::string sent_as(const std::string& name, Profile profile = Profile::Standard) {
    auto with = settings();
    with.profile = profile;
    return sent_as(event(name), with);
}

std::string expected(const std::string& target, const std::string& custom_name) {
    if (target.empty()) return "drop not_forwarded";
    return target == "custom" ? "custom " + custom_name : target;
}

class NameRows : public testing::TestWithParam<NameCase> {};

TEST_P(NameRows, MapInBothProfiles) {
    const auto& row = GetParam();

    EXPECT_EQ(sent_as(row.ga4, Profile::Standard), expected(row.standard, row.custom_name));
    EXPECT_EQ(sent_as(row.ga4, Profile::Extended), expected(row.extended, row.custom_name));
}

INSTANTIATE_TEST_SUITE_P(
    Forwarded, NameRows,
    testing::Values(
        NameCase{"page_view", "page_visit", "page_visit"}, NameCase{"view_item", "page_visit", "page_visit"},
        NameCase{"view_item_list", "view_category", "view_category"}, NameCase{"search", "search", "search"},
        NameCase{"view_search_results", "search", "search"}, NameCase{"add_to_cart", "add_to_cart", "add_to_cart"},
        NameCase{"begin_checkout", "custom", "initiate_checkout", "BeginCheckout"},
        NameCase{"purchase", "checkout", "checkout"}, NameCase{"generate_lead", "lead", "lead"},
        NameCase{"sign_up", "signup", "signup"}, NameCase{"add_to_wishlist", "add_to_wishlist", "add_to_wishlist"},
        NameCase{"add_payment_info", "add_payment_info", "add_payment_info"},
        NameCase{"add_shipping_info", "custom", "initiate_checkout", "AddShippingInfo"},
        NameCase{"view_cart", "custom", "custom", "ViewCart"}, NameCase{"select_item", "", "view_content"},
        NameCase{"select_promotion", "", "view_content"}, NameCase{"view_promotion", "", "view_content"},
        NameCase{"remove_from_cart", "", "custom", "RemoveFromCart"},
        NameCase{"video_start", "watch_video", "watch_video"}),
    [](const auto& row) { return row.param.ga4; });

TEST(Names, AreNotForwardedWhereNobodyCountsThem) {
    for (const char* name : {"refund",
                             "video_progress",
                             "video_complete",
                             "select_content",
                             "qualify_lead",
                             "working_lead",
                             "disqualify_lead",
                             "close_convert_lead",
                             "close_unconvert_lead",
                             "login",
                             "share",
                             "join_group",
                             "tutorial_begin",
                             "tutorial_complete",
                             "earn_virtual_currency",
                             "spend_virtual_currency",
                             "level_start",
                             "level_up",
                             "level_end",
                             "post_score",
                             "unlock_achievement",
                             "ad_impression",
                             "campaign_details",
                             "screen_view",
                             "exception",
                             "scroll",
                             "click",
                             "file_download",
                             "form_start",
                             "form_submit",
                             "user_engagement",
                             "session_start",
                             "first_visit",
                             "gtm.js",
                             "gtm.dom",
                             "gtm.scrollDepth",
                             "checkout_progress"}) {
        EXPECT_EQ(sent_as(name, Profile::Standard), "drop not_forwarded") << name;
        EXPECT_EQ(sent_as(name, Profile::Extended), "drop not_forwarded") << name;
    }
}

TEST(Names, OfAppsAreForwardedFromAppsOnly) {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"first_open", "app_install"},
        {"app_open", "app_open"},
        {"in_app_purchase", "checkout"},
        {"app_store_subscription_convert", "subscribe"},
    };
    for (const auto& [ga4, pinterest_name] : rows) {
        auto from_app = event(ga4);
        from_app.app_instance_id = "0123456789abcdef0123456789abcdef";
        from_app.device.operating_system = "iOS";

        EXPECT_EQ(sent_as(from_app, settings()), pinterest_name);
        EXPECT_EQ(sent_as(ga4), "drop not_forwarded");
    }
}

TEST(Names, OfPinterestAreKnownInEverySpelling) {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"AddToCart", "add_to_cart"},
        {"addToCart", "add_to_cart"},
        {"addtocart", "add_to_cart"},
        {"add-to-cart", "add_to_cart"},
        {"PageVisit", "page_visit"},
        {"pagevisit", "page_visit"},
        {"ViewCategory", "view_category"},
        {"AddToWishList", "add_to_wishlist"},
        {"InitiateCheckout", "initiate_checkout"},
        {"SignUp", "signup"},
        {"WatchVideo", "watch_video"},
        {"watchvideo", "watch_video"},
        {"StartTrial", "start_trial"},
        {"SubmitApplication", "submit_application"},
        {"FindLocation", "find_location"},
        {"CustomizeProduct", "customize_product"},
        {"Checkout", "checkout"},
        {"Lead", "lead"},
    };
    for (const auto& [written, name] : rows) EXPECT_EQ(sent_as(written), name);
}

TEST(Names, OfPinterestAreTwentyTwoAndAllTaken) {
    const auto& names = pinterest::standard_event_names();

    EXPECT_EQ(names.size(), 22U);
    for (const auto& name : names) {
        if (name == "app_open") continue;  // a GA4 name as well, and there an app's
        EXPECT_EQ(sent_as(name), name);
    }
}

TEST(Names, NearlyOfPinterestAreUnknown) {
    for (const char* name : {"add_to_carts", "heckout", "checkout2", "add.to.cart", ""})
        EXPECT_EQ(sent_as(name), "drop unknown_event") << name;
}

TEST(Names, UnknownOnesAreSentAsCustomWhenAskedFor) {
    auto with = settings();
    with.unknown_events = pinterest::UnknownEvents::Custom;

    EXPECT_EQ(sent_as(event("newsletter_opened"), with), "custom newsletter_opened");
    EXPECT_EQ(sent_as(event("scroll"), with), "drop not_forwarded");
    EXPECT_EQ(sent_as(event("gtm.click"), with), "drop not_forwarded");
    EXPECT_EQ(sent_as(event("refund"), with), "drop not_forwarded");
}

TEST(Names, OfCustomEventsTravelAsEventNameWhenAskedFor) {
    auto with = settings();
    with.custom_name = pinterest::CustomName::EventName;
    with.unknown_events = pinterest::UnknownEvents::Custom;

    EXPECT_EQ(sent_as(event("begin_checkout"), with), "BeginCheckout");
    EXPECT_EQ(sent_as(event("newsletter opened!"), with), "custom newsletter opened!");  // unfit for event_name
}

TEST(Names, ThatAreNotPinterestsAreCountedAsOther) {
    auto with = settings();
    with.custom_name = pinterest::CustomName::EventName;

    const auto own = translate(event("begin_checkout"), with);
    const auto standard = translate(event("purchase"), with);

    EXPECT_EQ(own.record()->event_label, "other");
    EXPECT_EQ(standard.record()->event_label, "checkout");
}

TEST(Names, PageViewCanBeSwitchedOff) {
    auto with = settings();
    with.forward_page_view = false;

    EXPECT_EQ(sent_as(event("page_view"), with), "drop not_forwarded");
    EXPECT_EQ(sent_as(event("view_item"), with), "page_visit");
}

}  // namespace
}  // namespace pinrelay::test
