#include "identity/phone/plain_phone.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <vector>

#include "identity/phone/library_phone.hpp"
#include "identity/phone/numbering_plans.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

struct Usual {
    const char* text;
    const char* region;
    const char* e164;
};

// How people and programs write most numbers.
constexpr std::array usual = {
    Usual{"(415) 555-2671", "us", "+14155552671"},      Usual{"14155552671", "us", "+14155552671"},
    Usual{"+1 415.555.2671", "", "+14155552671"},       Usual{"1-604-555-0123", "ca", "+16045550123"},
    Usual{"0151 23456789", "de", "+4915123456789"},     Usual{"+49 151/23456789", "us", "+4915123456789"},
    Usual{"030 123456", "de", "+4930123456"},           Usual{"07400 123456", "gb", "+447400123456"},
    Usual{"06 12 34 56 78", "fr", "+33612345678"},      Usual{"312 345 6789", "it", "+393123456789"},
    Usual{"06 1234 5678", "it", "+390612345678"},       Usual{"(11) 91234-5678", "br", "+5511912345678"},
    Usual{"+55 11 91234-5678", "br", "+5511912345678"}, Usual{"0664 123456", "at", "+43664123456"},
    Usual{"079 123 45 67", "ch", "+41791234567"},       Usual{"06-12345678", "nl", "+31612345678"},
    Usual{"612 34 56 78", "es", "+34612345678"},
};

TEST(PlainPhone, ReadsUsualNumbers) {
    for (const auto& [text, region, e164] : usual) EXPECT_EQ(plain_phone(text, region), e164) << text << ' ' << region;
}

TEST(PlainPhone, LeavesToTheLibraryWhatIsNotPlain) {
    for (const char* text : {"", "+", "-", "415 555 2671 x5", "0049 151 23456789", "tel:4155552671", "4155552671a",
                             "٠١٢٣", "+1 415 555 267", "000 000 0000", "+49 0151 23456789", "12345678901234567890"})
        for (const char* region : {"us", "de", ""}) EXPECT_EQ(plain_phone(text, region), std::nullopt) << text;
}

TEST(PlainPhone, LeavesToTheLibraryWhatHasTwoReadings) {
    EXPECT_EQ(plain_phone("491512345678", "de"), std::nullopt) << "with the country's code, or a number of its own";
    EXPECT_EQ(plain_phone("8 912 345-67-89", "ru"), std::nullopt) << "8 is taken off some numbers, and begins others";
}

std::vector<std::string> all_regions() {
    std::vector<std::string> regions = {""};
    for (char a = 'a'; a <= 'z'; ++a)
        for (char b = 'a'; b <= 'z'; ++b)
            if (plan_of_region(std::string{a, b}) != nullptr) regions.push_back({a, b});
    return regions;
}

TEST(PlainPhone, CallsCountriesAsAddressesDo) {
    for (const std::string& region : all_regions())
        EXPECT_EQ(region.empty() ? "" : country(region).value_or(""), region);
}

TEST(PlainPhone, GivesWhatTheLibraryGivesInEveryCountry) {
    std::mt19937 random(4711);  // NOLINT(cert-msc51-cpp): the same numbers each time
    const auto digits = [&random](std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('0' + random() % 10);
        return text;
    };
    std::size_t read = 0;
    for (const std::string& region : all_regions()) {
        const NumberingPlan* plan = plan_of_region(region);
        const std::string code = plan == nullptr ? "1" : plan->code();
        for (std::size_t length = 4; length <= 13; ++length) {
            const std::string number = digits(length);
            for (const std::string& text :
                 {number, "0" + number, "1" + number, "8" + number, code + number, "+" + code + number, "+" + number,
                  "(0" + number.substr(0, 2) + ") " + number}) {
                const auto plain = plain_phone(text, region);
                if (!plain) continue;
                ++read;
                const auto expected = library_phone(text, region);
                ASSERT_TRUE(expected) << text << ' ' << region << " is " << *plain;
                EXPECT_EQ(*plain, *expected) << text << ' ' << region;
            }
        }
    }
    EXPECT_GT(read, 3000U);
}

}  // namespace
}  // namespace pinrelay::identity
