#include "unit/destinations/pinterest/fixture.hpp"

// What a translation wants kept in the visitor's browser.
namespace pinrelay::test {
namespace {

using Cookies = std::vector<destination::Cookie>;

Cookies cookies_of(const model::Event& event, pinterest::Settings with = settings()) {
    return translate(event, std::move(with)).translation.cookies;
}

model::Event visit_of(std::string_view url) {
    auto visit = event("page_view");
    visit.page_location = lasting(url);
    return visit;
}

TEST(ClickIdCookie, HoldsTheClickIdWhicheverSourceItCameFrom) {
    auto from_field = event("page_view");
    from_field.click_id = " abc ";
    auto from_referrer = visit_of("https://e.com/cart");
    from_referrer.page_referrer = "https://e.com/?epik=abc";
    auto from_cookie = visit_of("https://e.com/cart");
    from_cookie.cookie_click_id = "abc";

    for (const auto& visit : {visit_of("https://e.com/?EPIK=abc"), from_field, from_referrer, from_cookie})
        EXPECT_EQ(cookies_of(visit), (Cookies{{"_epik", "abc"}}));
}

TEST(ClickIdCookie, IsTheSameIdThatIsSent) {
    auto visit = visit_of("https://e.com/?epik=a%2Bb%3D");
    visit.cookie_click_id = "older";

    const auto result = translate(visit);

    EXPECT_EQ(result.at("/user_data/click_id"), R"("a%2Bb%3D")");
    EXPECT_EQ(result.translation.cookies, (Cookies{{"_epik", "a%2Bb%3D"}}));
}

TEST(ClickIdCookie, FollowsTheOperatorsRule) {
    auto with = settings();
    with.rules = {{"*", false, {}, {}, {{"user_data.click_id", {}, model::Document(model::Value("by-rule"))}}}};

    EXPECT_EQ(cookies_of(visit_of("https://e.com/?epik=abc"), with), (Cookies{{"_epik", "by-rule"}}));
}

TEST(ClickIdCookie, IsNoneWithoutAClickIdOrARecord) {
    EXPECT_EQ(cookies_of(visit_of("https://e.com/")), Cookies{});

    auto unknown = visit_of("https://e.com/?epik=abc");
    unknown.name = "not_mapped_at_all";
    EXPECT_EQ(cookies_of(unknown), Cookies{});

    auto nobody = visit_of("https://e.com/?epik=abc");
    nobody.ip_address.reset();
    EXPECT_EQ(cookies_of(nobody), Cookies{});
}

TEST(ClickIdCookie, IsNoneWhereTheIdCannotStandInACookie) {
    for (const std::string& hostile :
         {std::string("a;Domain=evil.example"), std::string("a b"), std::string("a\r\nSet-Cookie: x=y"),
          std::string("a\"b"), std::string("a,b"), std::string("a\\b"), std::string("a\x7f-b"), std::string("\xc3\xa4"),
          std::string("a\0b", 3), std::string(1025, 'a'), std::string(10'000, 'a')}) {
        auto visit = event("page_view");
        visit.click_id = hostile;

        EXPECT_EQ(cookies_of(visit), Cookies{}) << hostile.substr(0, 40);
    }
}

TEST(ClickIdCookie, HoldsALongId) {
    const std::string longest(1024, 'a');

    EXPECT_EQ(cookies_of(visit_of("https://e.com/?epik=" + longest)), (Cookies{{"_epik", longest}}));
}

}  // namespace
}  // namespace pinrelay::test
