#include "unit/destinations/pinterest/fixture.hpp"

// What is read from URLs: the click id and event_source_url.
namespace pinrelay::test {
namespace {

using pinterest::ClickIdSource;

std::string click_id_of(const model::Event& event, pinterest::Settings with = settings()) {
    return translate(event, std::move(with)).at("/user_data/click_id");
}

std::string click_id_in(const std::string& url) {
    auto visit = event("page_view");
    visit.page_location = url;
    return click_id_of(visit);
}

TEST(ClickId, IsReadFromThePageUrlAsPinterestsTagReadsIt) {
    EXPECT_EQ(click_id_in("https://e.com/?epik=dj0yJnU9abc"), R"("dj0yJnU9abc")");
    EXPECT_EQ(click_id_in("https://e.com/?a=1&EPIK=abc&b=2#x"), R"("abc")");
    EXPECT_EQ(click_id_in("https://e.com/?epik=first&epik=second"), R"("first")");
    EXPECT_EQ(click_id_in("https://e.com/?epik=a%2Bb%3D"), R"("a%2Bb%3D")");
    EXPECT_EQ(click_id_in("https://e.com/?epik=abc=def"), R"("abc")");
}

TEST(ClickId, IsNotWhatOnlyLooksLikeIt) {
    for (const char* url : {"https://e.com/", "https://e.com/epik=a", "https://e.com/?xepik=a",
                            "https://e.com/?epikx=a", "https://e.com/#epik=a", "https://e.com/?epik",
                            "https://e.com/?epik=", "https://e.com/?epik=undefined", "https://e.com/?q=epik=a"})
        EXPECT_EQ(click_id_in(url), "") << url;
}

model::Event with_all_sources() {
    auto visit = event("page_view");
    visit.click_id = "field";
    visit.page_location = "https://e.com/?epik=url";
    visit.cookie_click_id = "cookie";
    return visit;
}

TEST(ClickId, IsTheFieldsThenTheUrlsThenTheCookies) {
    auto visit = with_all_sources();
    EXPECT_EQ(click_id_of(visit), R"("field")");

    visit.click_id = "(not set)";
    EXPECT_EQ(click_id_of(visit), R"("url")");

    visit.page_location = "https://e.com/";
    EXPECT_EQ(click_id_of(visit), R"("cookie")");
}

TEST(ClickId, FollowsTheConfiguredOrder) {
    auto with = settings();
    with.click_id_order = {ClickIdSource::Cookie, ClickIdSource::Url};
    auto visit = with_all_sources();
    EXPECT_EQ(click_id_of(visit, with), R"("cookie")");

    visit.cookie_click_id.reset();
    visit.page_location.reset();
    EXPECT_EQ(click_id_of(visit, with), "");
}

TEST(ClickId, IsReadFromTheReferrerWhereThePageUrlHasNone) {
    auto visit = event("page_view");
    visit.page_location = "https://e.com/cart";
    visit.page_referrer = "https://e.com/landing?epik=abc";

    EXPECT_EQ(click_id_of(visit), R"("abc")");
}

TEST(ClickId, OfThePageUrlGoesBeforeTheReferrers) {
    auto visit = event("page_view");
    visit.page_location = "https://e.com/?epik=new";
    visit.page_referrer = "https://e.com/?epik=old";

    EXPECT_EQ(click_id_of(visit), R"("new")");
}

TEST(ClickId, IsNotASecondOccurrence) {
    EXPECT_EQ(click_id_in("https://e.com/?epik=&epik=second"), "");
    EXPECT_EQ(click_id_in("https://e.com/?Epik=first&epik=second"), R"("first")");
}

TEST(PageUrl, IsThePagesWithItsEpik) {
    auto visit = event("page_view");
    visit.page_location = "https://e.com/a%20b?x=%E2%82%AC&epik=abc#frag";

    EXPECT_EQ(translate(visit).at("/event_source_url"), R"("https://e.com/a%20b?x=%E2%82%AC&epik=abc#frag")");
}

TEST(PageUrl, LosesEmailAddressesInItsParameters) {
    auto visit = event("page_view");
    visit.page_location =
        "https://e.com/@shop/?email=jane%40example.com&next=https%3A%2F%2Fe.com%2F%3Fm%3Djane%2540example.com&"
        "at=@37.7,-122.4&jane@example.com&epik=abc#mail=jane@example.com";

    const auto result = translate(visit);

    EXPECT_EQ(result.at("/event_source_url"),
              R"("https://e.com/@shop/?email=redacted&next=redacted&at=@37.7,-122.4&redacted&epik=abc#mail=redacted")");
    EXPECT_EQ(result.warnings(), std::vector<std::string>{"clear_text_removed event_source_url"});
}

std::string url_sent_for(const std::string& url) {
    auto visit = event("page_view");
    visit.page_location = url;
    return translate(visit).at("/event_source_url");
}

TEST(PageUrl, LosesEmailAddressesInItsPath) {
    EXPECT_EQ(url_sent_for("https://e.com/u/jane@example.com/orders"), R"("https://e.com/u/redacted/orders")");
    EXPECT_EQ(url_sent_for("https://e.com/u/jane%40example.com"), R"("https://e.com/u/redacted")");
    EXPECT_EQ(url_sent_for("https://e.com/a;u=jane@example.com;v=1/b?c"), R"("https://e.com/a;u=redacted;v=1/b?c")");
    EXPECT_EQ(url_sent_for("mailto:jane@example.com"), R"("redacted")");
    EXPECT_EQ(url_sent_for("https://e.com/?jane@example.com=1"), R"("https://e.com/?redacted=1")");
}

TEST(PageUrl, LosesUserAndPassword) {
    EXPECT_EQ(url_sent_for("https://jane:secret@e.com:8443/a@b?c=d"), R"("https://e.com:8443/a@b?c=d")");
    EXPECT_EQ(url_sent_for("//jane@e.com"), R"("//e.com")");
    EXPECT_EQ(url_sent_for("https://jane@example.com@e.com?a"), R"("https://e.com?a")");
}

TEST(PageUrl, LosesTheValuesOfParametersNamedForAPersonsData) {
    for (const char* name : {"email",
                             "e-mail",
                             "mail",
                             "Phone",
                             "tel",
                             "telephone",
                             "mobile",
                             "first_name",
                             "firstName",
                             "last%5Fname",
                             "lastname",
                             "fname",
                             "lname",
                             "address",
                             "street",
                             "name",
                             "zip",
                             "dob",
                             "password",
                             "token",
                             "billing_first_name",
                             "customer%5Bphone%5D",
                             "user.email",
                             "shipping-address-line-1",
                             "userName"}) {
        const std::string head = "https://e.com/?a=b&" + std::string(name) + "=";
        EXPECT_EQ(url_sent_for(head + "1%202/3;x&epik=abc#y"), "\"" + head + "redacted&epik=abc#y\"");
    }
    EXPECT_EQ(url_sent_for("https://e.com/a;tel=1;b=2?a=1;tel=2;b=2#tel=3"),
              R"("https://e.com/a;tel=redacted;b=2?a=1;tel=redacted;b=2#tel=redacted")");
}

TEST(PageUrl, KeepsAllElseByteForByte) {
    for (const char* url :
         {"https://e.com",
          "https://e.com/@jane.doe/;/?&&a=;b&=c&email=&item_name=x&zipper=1&emails=2&hotel=3##?epik=a%40b",
          "https://e.com/pkg@1.2.3/maps/@37.7,-122.4?d=%zz%&q=a+@+b.c", "//", "?", "/a//b@c", "a b"})
        EXPECT_EQ(url_sent_for(url), "\"" + std::string(url) + "\"");
}

TEST(PageUrl, LosesPhonesInInternationalForm) {
    EXPECT_EQ(url_sent_for("https://e.com/p/+49-151-23456789?q=%2B4915123456789&r=%252B49%2520151%252023456789&epik=a"),
              R"("https://e.com/p/redacted?q=redacted&r=redacted&epik=a")");
}

TEST(PageUrl, KeepsWhatOnlyLooksLikeAPhone) {
    for (const char* url : {"https://e.com/?q=red+1234567890&at=+37.774929,-122.4&c=C%2B%2B17&d=%2B12345678",
                            "https://e.com/?id=4155550134&ean=4006381333931"})
        EXPECT_EQ(url_sent_for(url), "\"" + std::string(url) + "\"");
}

TEST(PageUrl, LosesValuesThatAreTheEventsOwnPersons) {
    auto visit = event("page_view");
    visit.user_id = "user-77";
    visit.user_data.first_names = {"Jane"};
    visit.user_data.last_names = {"Doe"};
    visit.user_data.phones = {"+49 151 23456789"};
    visit.user_data.postal_codes = {"94103"};
    visit.user_data.birth_dates = {"1990-01-31"};
    visit.page_location =
        "https://e.com/0151-23456789/jane?a=JANE&b=Jane%20Doe&c=0151%2F234567-89&d=94103&e=1990-01-31&f=user-77"
        "&g=janet&utm_source=pin&epik=user-77";

    EXPECT_EQ(translate(visit).at("/event_source_url"),
              R"("https://e.com/redacted/jane?a=redacted&b=redacted&c=redacted&d=redacted&e=redacted&f=redacted)"
              R"(&g=janet&utm_source=pin&epik=user-77")");
}

TEST(ClickId, IsNoEmailAddress) {
    auto visit = event("page_view");
    visit.click_id = "jane@example.com";
    visit.cookie_click_id = "cookie";

    EXPECT_EQ(click_id_of(visit), R"("cookie")");
}

}  // namespace
}  // namespace pinrelay::test
