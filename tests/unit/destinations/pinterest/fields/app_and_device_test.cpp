#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

TEST(AppInfo, HoldsWhatIsKnownOfTheApp) {
    auto opened = event("app_open");
    opened.action_source = "app_ios";
    opened.app = {"123", "Shop", "com.shop", "4.2", "App Store"};

    const auto result = translate(opened);

    EXPECT_EQ(result.at("/app_info"),
              R"({"app_id":"123","app_name":"Shop","app_package_name":"com.shop","app_store":"App Store",)"
              R"("app_version":"4.2"})");
    EXPECT_EQ(result.at("/app_id"), "");  // one place only
}

TEST(DeviceInfo, HoldsWhatIsKnownOfTheDevice) {
    auto visit = event("page_view");
    visit.device.brand = "Apple";
    visit.device.model = "iPhone 15";
    visit.device.category = "Mobile";
    visit.device.carrier = "Acme";
    visit.device.operating_system = "iOS";
    visit.device.operating_system_version = "17.4";
    visit.device.screen_resolution = "390x844";
    visit.device.wifi = true;

    EXPECT_EQ(translate(visit).at("/device_info"),
              R"({"brand":"Apple","model":"iPhone 15","carrier":"Acme","form_factor":"cellphone","os_family":"ios",)"
              R"("os_name":"iOS","os_version":"17.4","network_type":"wifi","screen_width":390,"screen_height":844})");
}

TEST(ActionSource, OfAnAppWithoutAnInstanceIsItsPlatform) {
    auto opened = event("add_to_cart");
    opened.app.package_name = "com.shop";
    opened.device.operating_system = "iOS";
    EXPECT_EQ(translate(opened).at("/action_source"), R"("app_ios")");

    opened.device.operating_system = "Windows";
    EXPECT_EQ(translate(opened).at("/action_source"), R"("web")");
}

TEST(DeviceInfo, MapsSystemsToTheirFamily) {
    const std::vector<std::pair<std::string, std::string>> systems = {
        {"Windows", "windows"}, {"Macintosh", "macos"}, {"Mac OS X", "macos"}, {"Android", "android"},
        {"iPadOS", "ios"},      {"Linux", "linux"},     {"FreeBSD", "bsd"},    {"Chrome OS", "other"}};
    for (const auto& [system, family] : systems) {
        auto visit = event("page_view");
        visit.device.operating_system = system;
        EXPECT_EQ(translate(visit).at("/device_info/os_family"), '"' + family + '"') << system;
    }
}

TEST(DeviceInfo, LeavesOutAFormFactorThatPinterestDoesNotKnow) {
    auto visit = event("page_view");
    visit.device.category = "fridge";

    EXPECT_EQ(translate(visit).at("/device_info"), "");
}

TEST(DeviceInfo, LeavesOutAResolutionThatIsNone) {
    for (const char* resolution : {"1920", "1920x", "x1080", "ax b", "-1x5", "40000x1", "1x2x3"}) {
        auto visit = event("page_view");
        visit.device.screen_resolution = resolution;
        EXPECT_EQ(translate(visit).at("/device_info"), "") << resolution;
        EXPECT_EQ(translate(visit).warnings(), std::vector<std::string>{"field_invalid device_info.screen_width"});
    }
}

TEST(DeviceInfo, LosesAFieldThatIsTooLongAndKeepsTheRest) {
    auto visit = event("page_view");
    visit.device.brand = lasting(std::string(101, 'b'));
    std::string hundred;
    for (int i = 0; i < 100; ++i) hundred += "é";
    visit.device.model = hundred;

    const auto result = translate(visit);

    EXPECT_EQ(result.at("/device_info/brand"), "");
    EXPECT_EQ(result.at("/device_info/model"), '"' + hundred + '"');
    EXPECT_EQ(result.warnings(), std::vector<std::string>{"field_too_long device_info.brand"});
}

TEST(DeviceInfo, IsAbsentWhenItsOnlyFieldIsTooLong) {
    auto visit = event("page_view");
    visit.device.brand = lasting(std::string(101, 'b'));

    EXPECT_EQ(translate(visit).at("/device_info"), "");
    EXPECT_NE(translate(visit).record(), nullptr);
}

TEST(Language, IsTwoLettersInLowerCase) {
    auto visit = event("page_view");
    for (const char* written : {"en-US", "EN", "en_GB", " en-us ", "en,de;q=0.9", "en;q=1"}) {
        visit.language = written;
        EXPECT_EQ(translate(visit).at("/language"), R"("en")") << written;
    }
    for (const char* written : {"fil-PH", "e", "12", "english"}) {
        visit.language = written;
        EXPECT_EQ(translate(visit).at("/language"), "") << written;
        EXPECT_EQ(translate(visit).warnings(), std::vector<std::string>{"field_invalid language"});
    }
}

TEST(OptOut, IsSentOnlyWhenTheSenderSaysSo) {
    auto visit = event("page_view");
    EXPECT_EQ(translate(visit).at("/opt_out"), "");

    visit.opt_out = false;
    EXPECT_EQ(translate(visit).at("/opt_out"), "false");

    visit.opt_out = true;
    EXPECT_EQ(translate(visit).at("/opt_out"), "true");
}

TEST(OptOut, OfAnAppIsTheSystemsSwitchAgainstTracking) {
    auto opened = event("app_open");
    opened.action_source = "app_ios";
    opened.device.limited_ad_tracking = true;
    opened.device.advertiser_tracking_enabled = false;

    EXPECT_EQ(translate(opened).at("/opt_out"), "true");
    EXPECT_EQ(translate(opened).at("/advertiser_tracking_enabled"), "false");
}

TEST(PartnerName, IsSentWhenConfigured) {
    auto with = settings();
    with.partner_name = "ss-pinrelay";

    EXPECT_EQ(translate(event(), with).at("/partner_name"), R"("ss-pinrelay")");
    EXPECT_EQ(translate(event()).at("/partner_name"), "");
}

}  // namespace
}  // namespace pinrelay::test
