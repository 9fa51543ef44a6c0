#include <functional>

#include "pinrelay/identity/digest.hpp"
#include "unit/destinations/pinterest/fixture.hpp"

// Why an identifier is left out, and Pinterest's own visitor cookie.
namespace pinrelay::test {
namespace {

constexpr std::string_view pin_unauth = "dWlkPU5EUTFPV0k0TlRZdFlUWmlNeTAwWmpJeExUaG1NREF0WlRVMVlURmpNR00yWVRSaA";

std::string reason_for(const std::function<void(model::Event&)>& change, pinterest::Settings with = settings()) {
    auto bought = event();
    change(bought);
    return translate(bought, std::move(with)).message_of("identifier_dropped");
}

TEST(Identifiers, LeftOutSayWhichRuleTheValueBreaks) {
    EXPECT_EQ(reason_for([](auto& e) { e.user_data.emails = {"jane.example.com"}; }), "a value has no '@'");
    EXPECT_EQ(reason_for([](auto& e) { e.user_data.phones = {"12"}; }), "a value has too few digits for its country");
    EXPECT_EQ(reason_for([](auto& e) { e.user_data.countries = {"Atlantis"}; }),
              "a value is no known code or name of a country");
    EXPECT_EQ(reason_for([](auto& e) { e.user_data.birth_dates = {"03/04/1990"}; }),
              "a value is a date whose day and month could be exchanged");
    const std::string wrong_length =
        "a value is a digest of the wrong length: SHA-256 has 64 hexadecimal or 43 base64url characters";
    EXPECT_EQ(reason_for([](auto& e) { e.user_data.emails = {"5d41402abc4b2a76b9719d911017c592"}; }), wrong_length);
    EXPECT_EQ(reason_for([](auto& e) { e.user_data.first_names = {lasting(std::string(63, 'a'))}; }), wrong_length);
}

TEST(Identifiers, OfAPhoneWithoutACountrySayThatTheDefaultIsUnset) {
    auto without = settings();
    without.default_region.reset();

    EXPECT_EQ(reason_for([](auto& e) { e.user_data.phones = {"0151 23456789"}; }, without),
              "a value has no country code, and its country is unknown: neither the event has a country nor is "
              "default_region set");
    EXPECT_EQ(reason_for(
                  [](auto& e) {
                      e.user_data.phones = {"0151 23456789"};
                      e.user_data.countries = {"Deutschland"};
                  },
                  without),
              "");
}

TEST(Identifiers, OfAShopMayLookLikeAnotherDigest) {
    auto bought = event();
    bought.user_id = "5d41402abc4b2a76b9719d911017c592";

    EXPECT_EQ(translate(bought).at("/user_data/external_id/0"), '"' + identity::sha256_hex(*bought.user_id) + '"');
}

TEST(Addresses, ThatNoVisitorHasSayWhatTheyAre) {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"192.168.1.1", "is an address of a private network"},
        {"127.0.0.1", "is a loopback address"},
        {"fe80::1", "is a link-local address"},
        {"100.64.0.9", "is an address behind a carrier's translation (100.64.0.0/10)"},
        {"203.0.113.9:443", "is an IP address with a port or brackets"},
        {"shop", "is no IP address"},
    };
    for (const auto& [address, what] : rows) {
        auto bought = event();
        bought.user_data.emails = {"jane@example.com"};
        bought.ip_address = address;
        EXPECT_EQ(translate(bought).message_of("address_not_public"),
                  "the address " + what + ": no visitor can have it");
    }
}

TEST(VisitorCookie, IsHashedAsItIsWhereNoOtherIdIsKnown) {
    auto visit = event("page_view");
    visit.cookie_visitor = pin_unauth;

    EXPECT_EQ(translate(visit).at("/user_data/external_id"), "[\"" + identity::sha256_hex(pin_unauth) + "\"]");
}

TEST(VisitorCookie, GivesWayToEveryOtherId) {
    auto visit = event("page_view");
    visit.cookie_visitor = pin_unauth;
    visit.user_id = "user-77";
    EXPECT_EQ(translate(visit).at("/user_data/external_id"), "[\"" + identity::sha256_hex("user-77") + "\"]");

    visit.user_id = "0";  // which says nothing of a person
    EXPECT_EQ(translate(visit).at("/user_data/external_id"), "[\"" + identity::sha256_hex(pin_unauth) + "\"]");

    visit.user_id.reset();
    visit.client_id = "1.2";
    auto with = settings();
    with.external_id_from_client_id = true;
    EXPECT_EQ(translate(visit, with).at("/user_data/external_id"), "[\"" + identity::sha256_hex("1.2") + "\"]");
}

TEST(VisitorCookie, IsNotReadWhereTheOperatorOrTheVisitorObjects) {
    auto visit = event("page_view");
    visit.cookie_visitor = pin_unauth;

    auto off = settings();
    off.external_id_from_pin_unauth = false;
    EXPECT_EQ(translate(visit, off).at("/user_data/external_id"), "");

    auto opted_out = visit;
    opted_out.opt_out = true;
    EXPECT_EQ(translate(opted_out).at("/user_data/external_id"), "");

    auto limited = visit;
    limited.opt_out_type = "LDP";
    EXPECT_EQ(translate(limited).at("/user_data/external_id"), "");

    auto not_to_be_sold = visit;
    not_to_be_sold.consent.sale_opt_out = true;
    EXPECT_EQ(translate(not_to_be_sold).at("/user_data/external_id"), "");
}

TEST(VisitorCookie, WithoutAValueIsNone) {
    for (const auto& value : {std::string("undefined"), std::string(), std::string(1001, 'x')}) {
        auto visit = event("page_view");
        visit.cookie_visitor = value;
        EXPECT_EQ(translate(visit).at("/user_data/external_id"), "");
    }
}

TEST(ClickIds, AreReadFromUrlsThatWereCopiedOutOfHtml) {
    for (const auto* url :
         {"https://e.com/?a=1&amp;epik=xyz", "https://e.com/?a=1&AMP;EPIK=xyz", "https://e.com/?a=1&amp;amp;epik=xyz",
          "https://e.com/?a=1&#38;epik=xyz&amp;b=2", "https://e.com/?a=1&#038;epik=xyz",
          "https://e.com/?a=1&#x26;epik=xyz", "https://e.com/?a=1&epik=xyz#&amp;epik=no"}) {
        auto visit = event("page_view");
        visit.page_location = url;
        EXPECT_EQ(translate(visit).at("/user_data/click_id"), R"("xyz")") << url;
    }
}

}  // namespace
}  // namespace pinrelay::test
