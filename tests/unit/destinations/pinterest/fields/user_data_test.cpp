#include <cctype>

#include "pinrelay/identity/digest.hpp"
#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

using identity::sha256_hex;

constexpr const char* user_digest = "b4c9a289323b21a01c3e940f150eb9b8c542587f1abfd8f0e1cc1ffc5e475514";
constexpr const char* e164_digest = "8a59780bb8cd2ba022bfa5ba2ea3b6e07af17a7d8b30c1f9b3390e36f69019e4";
constexpr const char* digits_digest = "d6736136ea896c1bfdc553e0e86e702c70d060d805696ca3e4e9e0961353860a";

std::string list(const std::vector<std::string>& digests) {
    std::string json;
    for (const auto& digest : digests) json += (json.empty() ? "[\"" : ",\"") + digest + '"';
    return json + "]";
}

TEST(UserData, HashesEachEmailOfAnArrayOnItsOwn) {
    auto bought = event();
    bought.user_data.emails = {" User@Example.COM ", "bob@example.com", "user@example.com"};

    EXPECT_EQ(translate(bought).at("/user_data/em"),
              list({user_digest, "5ff860bf1190596c7188ab851db691f0f3169c453936e9e1eba2f9a47f7a0018"}));
}

TEST(UserData, PassesADigestOnceInLowerCaseAndDoesNotHashItAgain) {
    std::string upper = user_digest;
    for (char& c : upper) c = static_cast<char>(std::toupper(c));
    auto bought = event();
    const std::string padded = "  " + upper + " ";
    bought.user_data.emails = {padded, "user@example.com"};

    EXPECT_EQ(translate(bought).at("/user_data/em"), list({user_digest}));
}

TEST(UserData, IgnoresWordsForNothingWithoutAWarning) {
    auto bought = event();
    bought.user_data.emails = {"undefined", "null", "(not set)", ""};
    bought.user_data.phones = {"null"};
    bought.user_data.first_names = {"undefined"};
    bought.user_id = "undefined";
    bought.user_agent = " Mozilla/5.0 ";

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/user_data"), R"({"client_ip_address":"203.0.113.45","client_user_agent":"Mozilla/5.0"})");
    EXPECT_TRUE(result.warnings().empty());
}

TEST(UserData, DropsAnEmailWithoutAtWithAWarning) {
    auto bought = event();
    bought.user_data.emails = {"user.example.com"};

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/user_data/em"), "");
    EXPECT_EQ(result.warnings(), std::vector<std::string>{"identifier_dropped user_data.em"});
}

TEST(UserData, HashesAPhoneInBothFormsE164First) {
    auto bought = event();
    bought.user_data.phones = {"+1 (555) 123-4567"};

    EXPECT_EQ(translate(bought).at("/user_data/ph"), list({e164_digest, digits_digest}));
}

TEST(UserData, HashesAPhoneInOneFormWhenAskedFor) {
    auto bought = event();
    bought.user_data.phones = {"+15551234567"};
    auto with = settings();

    with.phone_hash = pinterest::PhoneHash::E164;
    EXPECT_EQ(translate(bought, with).at("/user_data/ph"), list({e164_digest}));

    with.phone_hash = pinterest::PhoneHash::Digits;
    EXPECT_EQ(translate(bought, with).at("/user_data/ph"), list({digits_digest}));
}

TEST(UserData, PassesAHashedPhoneOnce) {
    auto bought = event();
    bought.user_data.phones = {e164_digest};

    EXPECT_EQ(translate(bought).at("/user_data/ph"), list({e164_digest}));
}

TEST(UserData, ReadsANationalPhoneByTheCountryOfTheAddress) {
    auto bought = event();
    bought.user_data.phones = {"020 7946 0018"};
    bought.user_data.countries = {"GB"};

    EXPECT_EQ(translate(bought).at("/user_data/ph"), list({sha256_hex("+442079460018"), sha256_hex("442079460018")}));
}

TEST(UserData, ReadsANationalPhoneByTheDefaultRegionElse) {
    auto bought = event();
    bought.user_data.phones = {"(415) 555-2671"};

    EXPECT_EQ(translate(bought).at("/user_data/ph"), list({sha256_hex("+14155552671"), sha256_hex("14155552671")}));
}

TEST(UserData, CutsAPostalCodeByTheCountryOfTheAddress) {
    auto american = event();
    american.user_data.postal_codes = {"94107-1234"};
    auto british = event();
    british.user_data.postal_codes = {"SW1A 1AA"};
    british.user_data.countries = {"GB"};

    EXPECT_EQ(translate(american).at("/user_data/zp"),
              list({"c884a209ebe08750a7d13db63bd02233b375bd79786cbe329ab11586cc35dead"}));
    EXPECT_EQ(translate(british).at("/user_data/zp"), list({sha256_hex("sw1a1aa")}));
}

TEST(UserData, HashesTheOtherFieldsByTheirOwnRules) {
    auto bought = event();
    bought.user_data.first_names = {"JOSÉ"};
    bought.user_data.last_names = {"Davis, Jr."};
    bought.user_data.genders = {"Female"};
    bought.user_data.birth_dates = {"1997-12-26"};
    bought.user_data.cities = {"San Francisco"};
    bought.user_data.advertising_ids = {"AECE52E7-03EE-455A-B3C4-E57283966239", "00000000-0000-0000-0000-000000000000"};

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/user_data/fn"), list({"d994e1d001886fe5b45b1267bd1fa2b752ac50742579bd3dad7b2a2aa0ed6866"}));
    EXPECT_EQ(result.at("/user_data/ln"), list({sha256_hex("davis, jr.")}));
    EXPECT_EQ(result.at("/user_data/ge"), list({"252f10c83610ebca1a059c0bae8255eba2f95be4d1d7bcfa89d7248a82d9f111"}));
    EXPECT_EQ(result.at("/user_data/db"), list({"069068313b0b2dd680b9f0b8082228a817fb100433ad1d825ccc4d20123669a8"}));
    EXPECT_EQ(result.at("/user_data/ct"), list({"1a6bd4d9d79dc0a79b53795c70d3349fa9e38968a3fbefbfe8783efb1d2b6aac"}));
    EXPECT_EQ(result.at("/user_data/hashed_maids"),
              list({"e6a11334660bb4c2d68090399aaf9d80b433a569b993c5e32e6cad9bcf550e11"}));
}

TEST(UserData, UnderLimitedDataProcessingStateAndCountryAreHashedInUpperCaseToo) {
    auto bought = event();
    bought.user_data.regions = {"California"};
    bought.user_data.countries = {"US"};
    EXPECT_EQ(translate(bought).at("/user_data/st"),
              list({"6959097001d10501ac7d54c0bdb8db61420f658f2922cc26e46d536119a31126"}));

    bought.opt_out_type = "LDP";
    const auto limited = translate(bought);
    EXPECT_EQ(limited.at("/user_data/st"), list({"6959097001d10501ac7d54c0bdb8db61420f658f2922cc26e46d536119a31126",
                                                 "4b650e5c4785025dee7bd65e3c5c527356717d7a1c0bfef5b4ada8ca1e9cbe17"}));
    EXPECT_EQ(limited.at("/user_data/country"),
              list({"79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621",
                    "9b202ecbc6d45c6d8901d989a918878397a3eb9d00e8f48022fc051b19d21a1d"}));
    EXPECT_EQ(limited.at("/custom_data/opt_out_type"), R"("LDP")");
    EXPECT_EQ(limited.at("/user_data/opt_out_type"), "");
}

TEST(UserData, IsLimitedForAVisitorWhoOptedOutOfSale) {
    auto by_sender = event();
    by_sender.user_data.regions = {"CA"};
    by_sender.user_data.countries = {"US"};
    auto by_visitor = by_sender;
    by_sender.opt_out_type = "LDP";
    by_visitor.consent.sale_opt_out = true;

    const auto limited = translate(by_visitor);

    EXPECT_EQ(limited.record()->body, translate(by_sender).record()->body);
    EXPECT_EQ(limited.at("/custom_data/opt_out_type"), R"("LDP")");
    EXPECT_EQ(limited.at("/opt_out"), "");
}

model::Event with_two_addresses(const model::Texts& countries) {
    auto bought = event();
    bought.user_data.countries = countries;
    bought.user_data.regions = {"(not set)", "CA", "NY"};
    bought.user_data.postal_codes = {"94107-1234", "10001-0001"};
    return bought;
}

TEST(UserData, TakesOnlyTheLeadingAddressesRegionAndPostalCodeWhereCountriesDiffer) {
    const auto result = translate(with_two_addresses({"US", "DE"}));

    EXPECT_EQ(result.at("/user_data/st"), list({sha256_hex("ca")}));
    EXPECT_EQ(result.at("/user_data/zp"), list({sha256_hex("94107")}));
    EXPECT_EQ(result.at("/user_data/country"), list({sha256_hex("us"), sha256_hex("de")}));
}

TEST(UserData, TakesAllRegionsAndPostalCodesOfOneCountryHoweverWritten) {
    const std::string digest = sha256_hex("us");
    for (const auto& countries :
         {model::Texts{}, model::Texts{"US"}, model::Texts{"US", "usa", digest}, model::Texts{"US", "undefined"}}) {
        const auto result = translate(with_two_addresses(countries));

        EXPECT_EQ(result.at("/user_data/st"), list({sha256_hex("ca"), sha256_hex("ny")}));
        EXPECT_EQ(result.at("/user_data/zp"), list({sha256_hex("94107"), sha256_hex("10001")}));
    }
}

TEST(UserData, TakesTheUserIdAndItsAliasesOnce) {
    auto bought = event();
    bought.user_id = "user-77";
    bought.user_data.external_ids = {"USER-77 ", "crm-9"};

    EXPECT_EQ(translate(bought).at("/user_data/external_id"), list({sha256_hex("user-77"), sha256_hex("crm-9")}));
}

TEST(UserData, KeepsTheCaseOfAnExternalIdWhenAskedFor) {
    auto with = settings();
    with.external_id_lower_case = false;
    auto bought = event();
    bought.user_id = "User-77";

    EXPECT_EQ(translate(bought, with).at("/user_data/external_id"),
              list({"c90ca406b2bd09756f4baa7667fc7306b5226b9b13b0521a5c115c8f985a0d81"}));
}

TEST(UserData, TakesTheClientIdOnlyWhenAskedForAndThereIsNoUserId) {
    auto with = settings();
    with.external_id_from_client_id = true;
    auto anonymous = event();
    anonymous.client_id = "1.2";
    auto known = anonymous;
    known.user_id = "user-77";

    EXPECT_EQ(translate(anonymous).at("/user_data/external_id"), "");
    EXPECT_EQ(translate(anonymous, with).at("/user_data/external_id"), list({sha256_hex("1.2")}));
    EXPECT_EQ(translate(known, with).at("/user_data/external_id"), list({sha256_hex("user-77")}));
}

TEST(UserData, KeepsAddressAndUserAgentBesideAnEmail) {
    auto bought = event();
    bought.user_data.emails = {"user@example.com"};

    EXPECT_EQ(translate(bought).at("/user_data"),
              R"({"em":[")" + std::string(user_digest) +
                  R"("],"client_ip_address":"203.0.113.45","client_user_agent":"Mozilla/5.0"})");
}

TEST(UserData, LeavesOutAnAddressThatNoVisitorCanHave) {
    for (const char* address : {"127.0.0.1", "::", "0.0.0.0", "10.1.2.3", "192.168.0.1", "::1", "fe80::1", "garbage"}) {
        auto bought = event();
        bought.user_data.emails = {"user@example.com"};
        bought.ip_address = address;

        const auto result = translate(bought);

        EXPECT_EQ(result.at("/user_data/client_ip_address"), "") << address;
        EXPECT_EQ(result.warnings(), std::vector<std::string>{"address_not_public user_data.client_ip_address"});
    }
}

TEST(UserData, ReadsTheCustomerTypeInSendersWords) {
    const std::vector<std::pair<std::string, std::string>> words = {{"new", "new"},
                                                                    {"NEW", "new"},
                                                                    {"true", "new"},
                                                                    {"New Customer", "new"},
                                                                    {"false", "returning"},
                                                                    {"Returning", "returning"},
                                                                    {"existing", "returning"},
                                                                    {"repeat_customer", "returning"}};
    auto bought = event();
    for (const auto& [word, type] : words) {
        bought.customer_type = word;
        EXPECT_EQ(translate(bought).at("/user_data/customer_type"), '"' + type + '"') << word;
        EXPECT_TRUE(translate(bought).warnings().empty()) << word;
    }

    bought.customer_type = "VIP";
    EXPECT_EQ(translate(bought).at("/user_data/customer_type"), "");
    EXPECT_EQ(translate(bought).warnings(), std::vector<std::string>{"field_invalid user_data.customer_type"});
}

TEST(UserData, PassesThePartnerIdAsItIs) {
    auto bought = event();
    bought.user_data.partner_id = " RampID-1 ";

    EXPECT_EQ(translate(bought).at("/user_data/partner_id"), R"("RampID-1")");
}

TEST(UserData, HoldsNoClearTextOfAnyIdentifier) {
    auto bought = event();
    bought.user_data.emails = {"Secretmail@example.com"};
    bought.user_data.phones = {"+14155552671"};
    bought.user_data.first_names = {"Secretname"};
    bought.user_data.cities = {"Secretcity"};
    bought.user_data.external_ids = {"Secretid"};

    const auto result = translate(bought);

    for (const char* text : {"ecretmail", "4155552671", "ecretname", "ecretcity", "ecretid"})
        EXPECT_EQ(result.record()->body.find(text), std::string::npos) << text;
}

pinterest::Settings with_client_ip(pinterest::ClientIp policy) {
    auto changed = settings();
    changed.client_ip = policy;
    return changed;
}

TEST(ClientIp, IsSentToTheNetworkOnlyWhereItIsTruncated) {
    auto visit = event("page_view");
    const auto with = with_client_ip(pinterest::ClientIp::Truncated);
    EXPECT_EQ(translate(visit, with).at("/user_data/client_ip_address"), R"("203.0.113.0")");

    visit.ip_address = "2001:db8:85a3:1234::8a2e";
    EXPECT_EQ(translate(visit, with).at("/user_data/client_ip_address"), R"("2001:db8:85a3::")");

    visit.ip_address = "::ffff:203.0.113.45";
    EXPECT_EQ(translate(visit, with).at("/user_data/client_ip_address"), R"("203.0.113.0")");
}

TEST(ClientIp, IsNotSentWhereThePolicyIsNone) {
    auto visit = event("page_view");
    const auto with = with_client_ip(pinterest::ClientIp::None);
    EXPECT_EQ(translate(visit, with).dropped(), "no_match_keys");

    visit.user_data.emails = {"jane@example.com"};
    EXPECT_EQ(translate(visit, with).at("/user_data/client_ip_address"), "");
    EXPECT_EQ(translate(visit, with).record()->body.find("203.0.113"), std::string::npos);
}

TEST(ClientIp, IsTruncatedAlsoWhereARuleSetsIt) {
    auto with = with_client_ip(pinterest::ClientIp::Truncated);
    pinterest::EventRule rule;
    rule.ga4_name = "*";
    rule.parameters = {{"user_data.client_ip_address", "/visitor", std::nullopt}};
    with.rules = {rule};
    auto visit = event("page_view");
    visit.source = json(R"({"visitor":"198.51.100.77"})");

    EXPECT_EQ(translate(visit, with).at("/user_data/client_ip_address"), R"("198.51.100.0")");
}

}  // namespace
}  // namespace pinrelay::test
