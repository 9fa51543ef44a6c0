#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pinrelay {

// An exact decimal number: the digits that came in, never a binary float printed back.
// Canonical text: no exponent, no leading '+', no leading zeros but one before the point, no trailing zeros of a
// fraction ("40.0" is "40"). At most 30 digits before and 20 after the point (more places are refused, not rounded).
class Decimal {
public:
    Decimal() = default;
    explicit Decimal(std::int64_t whole);

    // Reads JSON number syntax ("1e3", "-0.50"), and the ways people write money:
    //   one separator followed by exactly one, two or more than three digits is a decimal point, "79,99" = 79.99;
    //   two kinds of separator: the last is the decimal point, the others must group by three, "1,299.00" = 1299;
    //   one kind of separator, repeated, in groups of three: all group, "1.299.000" = 1299000;
    //   a single ',' before exactly three digits is ambiguous and refused; a single '.' there is a decimal point;
    //   spaces (also no-break and thin ones) and apostrophes only ever group by three, "1 299,00" and "1'299.00" =
    //   1299.
    // A leading '+' or zeros are passed over ("+5", "007"), and ".5" is 0.5; "5." is refused.
    // Surrounding spaces and a currency sign or ISO 4217 code before or after are passed over ("$ 12", "12 EUR").
    // Anything else (letters, NaN, Infinity, empty) is nothing.
    static std::optional<Decimal> parse(std::string_view text);

    const std::string& text() const noexcept { return text_; }
    bool is_negative() const noexcept { return text_.front() == '-'; }
    bool is_zero() const noexcept { return text_ == "0"; }

    // The value as a whole number where it is one and fits.
    std::optional<std::int64_t> whole() const;

    // Exact. Nothing where the result would exceed the limits above.
    friend std::optional<Decimal> add(const Decimal& a, const Decimal& b);
    friend std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
    friend bool operator==(const Decimal&, const Decimal&) = default;

private:
    std::string text_ = "0";
};

std::optional<Decimal> add(const Decimal& a, const Decimal& b);
std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);

}  // namespace pinrelay
