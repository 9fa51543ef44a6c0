#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pinrelay/identity/normalise.hpp"

// Digits that begin with the country's own code, as shops store what a form took without its '+'.
namespace pinrelay::identity {
namespace {

struct Digits {
    std::string_view country;
    std::string written;
    std::string_view e164;
};

TEST(OwnMobiles, OfEachGermanPrefixKeepTheirCountryCode) {
    for (const std::string_view prefix :
         {"1511", "1512", "1514", "1515", "1516", "1517", "1520", "1521", "1522", "1523", "1525",
          "1526", "1529", "1570", "1573", "1575", "1577", "1578", "1579", "1590", "160",  "162",
          "163",  "170",  "171",  "172",  "173",  "174",  "175",  "176",  "177",  "178",  "179"}) {
        const std::string digits = "49" + std::string(prefix) + "2345678";
        EXPECT_EQ(phone(digits, "de"), "+" + digits) << prefix;
    }
    EXPECT_EQ(phone("4915123456789", "DE"), "+4915123456789");
    EXPECT_EQ(phone("4915123456789", "Deutschland"), "+4915123456789");
    EXPECT_EQ(phone("4915123456789.0", "DE"), "+4915123456789");  // out of a table
}

TEST(OwnMobiles, OfOtherCountriesKeepTheirCountryCode) {
    const std::vector<Digits> rows = {
        {"at", "436641234567", "+436641234567"},       {"ch", "41791234567", "+41791234567"},
        {"gb", "447911123456", "+447911123456"},       {"fr", "33612345678", "+33612345678"},
        {"it", "393123456789", "+393123456789"},       {"es", "34612345678", "+34612345678"},
        {"nl", "31612345678", "+31612345678"},         {"be", "32470123456", "+32470123456"},
        {"pl", "48512345678", "+48512345678"},         {"se", "46701234567", "+46701234567"},
        {"dk", "4520123456", "+4520123456"},           {"no", "4741234567", "+4741234567"},
        {"in", "919123456789", "+919123456789"},       {"br", "5511961234567", "+5511961234567"},
        {"us", "14155552671", "+14155552671"},         {"sg", "6591234567", "+6591234567"},
        {"id", "628123456789", "+628123456789"},       {"au", "61412345678", "+61412345678"},
        {"de", "49 151 23456789", "+4915123456789"},   {"de", "49-151/23456789", "+4915123456789"},
        {"de", "49 (151) 23456789", "+4915123456789"},
    };
    for (const auto& row : rows) EXPECT_EQ(phone(row.written, row.country), row.e164) << row.written;
}

TEST(OwnMobiles, AreNoNationalNumbersThatBeginAlike) {
    const std::vector<Digits> rows = {
        {"de", "015123456789", "+4915123456789"}, {"de", "15123456789", "+4915123456789"},
        {"de", "0491 123456", "+49491123456"},    {"de", "491123456", "+49491123456"},
        {"in", "9123456789", "+919123456789"},    {"it", "3931234567", "+393931234567"},
        {"no", "47123456", "+4747123456"},        {"us", "4155552671", "+14155552671"},
        {"br", "55991234567", "+5555991234567"},
    };
    for (const auto& row : rows) EXPECT_EQ(phone(row.written, row.country), row.e164) << row.written;
}

}  // namespace
}  // namespace pinrelay::identity
