#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pinrelay {

// An exact decimal number. It keeps the digits as they came and never goes through a binary float.
// The text is canonical: no exponent, no leading '+', no superfluous zeros at either end
// ("40.0" is "40"). At most 30 digits before the point and 20 after it; more places are refused, not rounded.
// Immutable, so safe to use from any thread.
class Decimal {
public:
    Decimal() = default;
    explicit Decimal(std::int64_t whole);

    // Reads JSON number syntax ("1e3", "-0.50"), and the ways in which people write money:
    //   one separator before one, two or more than three digits is a decimal point: "79,99" is 79.99;
    //   of two kinds of separators the last is the decimal point, the others must group by three: "1,299.00" is 1299;
    //   one kind of separator several times groups by three: "1.299.000" is 1299000;
    //   a single ',' before exactly three digits is ambiguous and refused; a single '.' there is a decimal point;
    //   ',' also groups as in India, three digits and before them groups of two: "1,23,456.00" is 123456;
    //   spaces (no-break and thin ones too) and apostrophes only group by three: "1 299,00" and "1'299.00" are 1299.
    // Ignored are a leading '+', leading zeros, outer white space, and a currency sign or ISO 4217 code at either end:
    // "+5", "007", "$ 12", "12 EUR"; so is India's "/-" behind a whole amount, and the dash of "12,-" or "12.–". ".5"
    // is 0.5, but "5." is refused. Nothing for any other text: letters, NaN, Infinity, an empty text, more digits than
    // the limits above.
    static std::optional<Decimal> parse(std::string_view text);

    const std::string& text() const noexcept { return text_; }
    bool is_negative() const noexcept { return text_.front() == '-'; }
    bool is_zero() const noexcept { return text_ == "0"; }

    // The value as a whole number. Nothing if it has decimal places or does not fit.
    std::optional<std::int64_t> whole() const;

    // Exact. Nothing if the result exceeds the limits above.
    friend std::optional<Decimal> add(const Decimal& a, const Decimal& b);
    friend std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
    friend bool operator==(const Decimal&, const Decimal&) = default;

private:
    std::string text_ = "0";
};

std::optional<Decimal> add(const Decimal& a, const Decimal& b);
std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);

}  // namespace pinrelay
