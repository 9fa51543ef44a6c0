#include "pinrelay/core/decimal.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <ostream>
#include <string>

namespace pinrelay {
namespace {

constexpr std::string_view refused = "(nothing)";

struct Row {
    std::string written;
    std::string_view read;
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << '"' << row.written << '"'; }

class DecimalReads : public testing::TestWithParam<Row> {};

TEST_P(DecimalReads, WhatWasWrittenOrNothing) {
    const auto& [written, expected] = GetParam();

    const auto decimal = Decimal::parse(written);

    EXPECT_EQ(decimal ? decimal->text() : refused, expected);
}

const std::string thirty_nines(30, '9');
const std::string thirty_ones(30, '1');

INSTANTIATE_TEST_SUITE_P(JsonNumbers, DecimalReads,
                         testing::Values(Row{"0", "0"}, Row{"-0", "0"}, Row{"-0.00", "0"}, Row{"0.0", "0"},
                                         Row{"7", "7"}, Row{"-7", "-7"}, Row{"40.0", "40"}, Row{"40.10", "40.1"},
                                         Row{"-0.50", "-0.5"}, Row{"39.995", "39.995"}, Row{"0.1", "0.1"},
                                         Row{"0.30", "0.3"}, Row{"1e3", "1000"}, Row{"1E5", "100000"},
                                         Row{"1.5e+2", "150"}, Row{"1.299e3", "1299"}, Row{"25e-1", "2.5"},
                                         Row{"-12e-3", "-0.012"}, Row{"0e999999999999999999999", "0"},
                                         Row{"12345678901234567890", "12345678901234567890"}));

INSTANTIATE_TEST_SUITE_P(Money, DecimalReads,
                         testing::Values(Row{"79,99", "79.99"}, Row{"79,9", "79.9"}, Row{"79,9900", "79.99"},
                                         Row{"79.99", "79.99"}, Row{"1.299", "1.299"}, Row{"1,299.00", "1299"},
                                         Row{"1.299,00", "1299"}, Row{"1,299.5", "1299.5"}, Row{"1,299.000", "1299"},
                                         Row{"1,234,567.89", "1234567.89"}, Row{"1.234.567,89", "1234567.89"},
                                         Row{"1.299.000", "1299000"}, Row{"1,299,000", "1299000"},
                                         Row{"-1,299.00", "-1299"}, Row{"1 299,00", "1299"}, Row{"1 299", "1299"},
                                         Row{"1\u00a0299,50", "1299.5"}, Row{"1\u202f299\u202f000", "1299000"},
                                         Row{"1'299.00", "1299"}, Row{"1\u2019299", "1299"}, Row{".5", "0.5"},
                                         Row{"+5", "5"}, Row{"007", "7"}, Row{"02", "2"}));

INSTANTIATE_TEST_SUITE_P(Currencies, DecimalReads,
                         testing::Values(Row{"$ 12", "12"}, Row{"$12", "12"}, Row{"12 EUR", "12"}, Row{"12EUR", "12"},
                                         Row{"eur 12", "12"}, Row{"€79,99", "79.99"}, Row{"79,99 €", "79.99"},
                                         Row{"79,99\u00a0€", "79.99"}, Row{"US$ 1,299.00", "1299"},
                                         Row{"$12.50 USD", "12.5"}, Row{"-$5", "-5"}, Row{"$-5", "-5"},
                                         Row{"R$ 10,50", "10.5"}, Row{"199 kr", "199"}, Row{"1 299,00 zł", "1299"},
                                         Row{"  12\t", "12"}, Row{"\r\n12 ", "12"}));

INSTANTIATE_TEST_SUITE_P(
    NoNumbers, DecimalReads,
    testing::Values(Row{"", refused}, Row{" ", refused}, Row{"undefined", refused}, Row{"null", refused},
                    Row{"NaN", refused}, Row{"nan", refused}, Row{"Infinity", refused}, Row{"-Infinity", refused},
                    Row{"inf", refused}, Row{"abc", refused}, Row{"12abc", refused}, Row{"0x10", refused},
                    Row{"12 pcs", refused}, Row{"1.2M", refused}, Row{"$", refused}, Row{"EUR", refused},
                    Row{"EUR €", refused}, Row{"-", refused}, Row{"--5", refused}, Row{"-$-5", refused},
                    Row{"1-2", refused}, Row{"5-", refused}, Row{".", refused}, Row{",", refused}, Row{"5.", refused},
                    Row{"5,", refused}, Row{"1e", refused}, Row{"1e+", refused}, Row{"e5", refused},
                    Row{"1e5e5", refused}, Row{"1e1.5", refused}, Row{"1,5e3", refused}, Row{"1,299.00e2", refused},
                    Row{std::string("1\0", 2), refused}, Row{"1\xff", refused}, Row{"\u0661\u0662", refused},
                    Row{"[1]", refused}, Row{"true", refused}));

INSTANTIATE_TEST_SUITE_P(
    India, DecimalReads,
    testing::Values(Row{"1,23,456.00", "123456"}, Row{"₹1,23,456.00", "123456"}, Row{"₹ 1,23,456", "123456"},
                    Row{"12,34,567.5", "1234567.5"}, Row{"1,00,00,000", "10000000"}, Row{"1,00,000.00", "100000"},
                    Row{"Rs. 1,23,456/-", "123456"}, Row{"Rs 500/-", "500"}, Row{"12,-", "12"}, Row{"1.234,-", "1234"},
                    Row{"1'234.–", "1234"}, Row{"12.-- CHF", "12"}, Row{"€ 12,50", "12.5"}, Row{"€ 1.234,--", "1234"},
                    Row{"INR 10,00,000.50", "1000000.5"}, Row{"-1,23,456", "-123456"}, Row{"₹12,345.00", "12345"},
                    Row{"1,23,45", refused}, Row{"1,2,345", refused}, Row{"123,45,678", refused},
                    Row{"1,23,4567", refused}, Row{"0,12,345", refused}, Row{"1.23.456,00", refused}));

INSTANTIATE_TEST_SUITE_P(AmbiguousOrBadlyGrouped, DecimalReads,
                         testing::Values(Row{"1,299", refused}, Row{"-1,299", refused}, Row{",500", refused},
                                         Row{"1.2.3", refused}, Row{"1,2,3", refused}, Row{"1.29.000", refused},
                                         Row{"1299.000.000", refused}, Row{"0.299.000", refused},
                                         Row{".299.000", refused}, Row{"12,34.5", refused}, Row{"1,2'345.6", refused},
                                         Row{"1.234,567,8", refused}, Row{"1,299.", refused}, Row{"1,,299.0", refused},
                                         Row{"12 34", refused}, Row{"1'5", refused}, Row{"1 2 3", refused},
                                         Row{"1\n299", refused}));

INSTANTIATE_TEST_SUITE_P(
    Limits, DecimalReads,
    testing::Values(Row{thirty_nines, thirty_nines}, Row{thirty_nines + "9", refused},
                    Row{"0000" + thirty_ones, thirty_ones}, Row{"1e29", "100000000000000000000000000000"},
                    Row{"1e30", refused}, Row{"1e400", refused}, Row{"1e99999999999999999999", refused},
                    Row{"1e-99999999999999999999", refused}, Row{"0.00000000000000000001", "0.00000000000000000001"},
                    Row{"1e-20", "0.00000000000000000001"}, Row{"1e-21", refused},
                    Row{"0.000000000000000000001", refused}, Row{"79.99000000000001", "79.99000000000001"},
                    Row{"0.30000000000000004", "0.30000000000000004"}, Row{"1.00000000000000000000", "1"},
                    Row{std::string(100'000, '9'), refused}, Row{std::string(100'000, '0'), "0"}));

Decimal decimal(std::string_view text) {
    const auto parsed = Decimal::parse(text);
    EXPECT_TRUE(parsed) << text;
    return parsed.value_or(Decimal());
}

std::string_view text_of(const std::optional<Decimal>& result) { return result ? result->text() : refused; }

TEST(Decimal, IsZeroByDefault) {
    const Decimal zero;

    EXPECT_EQ(zero.text(), "0");
    EXPECT_TRUE(zero.is_zero());
    EXPECT_FALSE(zero.is_negative());
}

TEST(Decimal, IsMadeOfAnyWholeNumber) {
    EXPECT_EQ(Decimal(42).text(), "42");
    EXPECT_EQ(Decimal(-1).text(), "-1");
    EXPECT_EQ(Decimal(std::numeric_limits<std::int64_t>::min()).text(), "-9223372036854775808");
}

TEST(Decimal, KnowsItsSign) {
    EXPECT_TRUE(decimal("-0.01").is_negative());
    EXPECT_FALSE(decimal("-0.00").is_negative());
    EXPECT_FALSE(decimal("0.01").is_zero());
}

TEST(Decimal, EqualsTheSameNumberWrittenOtherwise) {
    EXPECT_EQ(decimal("40.0"), decimal("4e1"));
    EXPECT_NE(decimal("40.0"), decimal("-40"));
}

TEST(Decimal, GivesAWholeNumberOnlyWhereItIsOneAndFits) {
    EXPECT_EQ(decimal("3.0").whole(), 3);
    EXPECT_EQ(decimal("-9223372036854775808").whole(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(decimal("9223372036854775808").whole(), std::nullopt);
    EXPECT_EQ(decimal("2.5").whole(), std::nullopt);
}

TEST(Decimal, AddsExactly) {
    EXPECT_EQ(text_of(add(decimal("0.1"), decimal("0.2"))), "0.3");
    EXPECT_EQ(text_of(add(decimal("0.999999999999"), decimal("0.000000000001"))), "1");
    EXPECT_EQ(text_of(add(decimal("10"), decimal("-10"))), "0");
    EXPECT_EQ(text_of(add(decimal("1"), decimal("-1.005"))), "-0.005");
    EXPECT_EQ(text_of(add(decimal("-3"), decimal("1"))), "-2");
    EXPECT_EQ(text_of(add(decimal("012"), decimal("08.5"))), "20.5");
}

TEST(Decimal, MultipliesExactly) {
    EXPECT_EQ(text_of(multiply(decimal("3"), decimal("0.1"))), "0.3");
    EXPECT_EQ(text_of(multiply(decimal("39.995"), decimal("2"))), "79.99");
    EXPECT_EQ(text_of(multiply(decimal("-0.5"), decimal("0.5"))), "-0.25");
    EXPECT_EQ(text_of(multiply(decimal("-2"), decimal("-3"))), "6");
    EXPECT_EQ(text_of(multiply(decimal("-2"), decimal("0"))), "0");
    EXPECT_EQ(text_of(multiply(decimal("0.000001"), decimal("0.000001"))), "0.000000000001");
}

TEST(Decimal, GivesNothingBeyondTheLimits) {
    EXPECT_EQ(text_of(add(decimal(thirty_nines), decimal("1"))), refused);
    EXPECT_EQ(text_of(multiply(decimal(thirty_nines), decimal("10"))), refused);
    EXPECT_EQ(text_of(multiply(decimal("0.00000000001"), decimal("0.0000000001"))), refused);
    EXPECT_EQ(text_of(multiply(decimal(thirty_nines), decimal(thirty_nines))), refused);
}

TEST(Decimal, WorksAtTheEdgeOfTheLimits) {
    const auto largest = thirty_nines + "." + std::string(20, '9');

    EXPECT_EQ(text_of(add(decimal(largest), decimal("-" + largest))), "0");
    EXPECT_EQ(text_of(multiply(decimal(largest), decimal("-1"))), "-" + largest);
    EXPECT_EQ(text_of(multiply(decimal("1e15"), decimal("1e14"))), "1" + std::string(29, '0'));
}

}  // namespace
}  // namespace pinrelay
