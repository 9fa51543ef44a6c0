#include "pinrelay/core/decimal.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <charconv>

#include "money_reader.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay {

namespace {

constexpr long whole_digits = 30;
constexpr long fraction_digits = 20;  // a price that went through a binary double has up to 17: 79.99000000000001

// A product of two numbers of 42 digits has 84, which is 280 bits.
namespace mp = boost::multiprecision;
using Integer = mp::number<mp::cpp_int_backend<320, 320, mp::signed_magnitude, mp::unchecked, void>>;

// digits × 10^exponent in canonical form; nothing when it exceeds the limits.
std::optional<std::string> canonical(bool negative, std::string_view digits, long exponent) {
    const std::size_t first = digits.find_first_not_of('0');
    if (first == std::string_view::npos) return "0";
    const std::size_t last = digits.find_last_not_of('0');
    exponent += static_cast<long>(digits.size() - last - 1);
    digits = digits.substr(first, last - first + 1);

    const long length = static_cast<long>(digits.size());
    const long places = exponent < 0 ? -exponent : 0;
    if (length + exponent > whole_digits || places > fraction_digits) return std::nullopt;

    std::string text = negative ? "-" : "";
    if (exponent >= 0) return text.append(digits).append(static_cast<std::size_t>(exponent), '0');
    if (length <= places)
        return text.append("0.").append(static_cast<std::size_t>(places - length), '0').append(digits);
    const auto whole = static_cast<std::size_t>(length - places);
    return text.append(digits.substr(0, whole)).append(1, '.').append(digits.substr(whole));
}

// How much of a plain amount, "79.99" or "40.0", is its canonical text; 0 for all other texts. Most numbers are plain.
constexpr std::size_t canonical_length(std::string_view text) noexcept {
    constexpr std::size_t longest = static_cast<std::size_t>(fraction_digits);
    if (text.empty() || text.size() > longest || !ascii::is_digit(text.front()) || !ascii::is_digit(text.back()))
        return 0;
    if (text.front() == '0' && text.size() > 1 && text[1] != '.') return 0;
    std::size_t point = text.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (ascii::is_digit(text[i])) continue;
        if (text[i] != '.' || point != text.size()) return 0;
        point = i;
    }
    if (point == text.size()) return text.size();
    const std::size_t last = text.find_last_not_of('0');
    return last == point ? point : last + 1;
}

// The number times 10^fraction_digits, which is whole. Read digit by digit: Boost takes a leading '0' for octal.
Integer scaled(std::string_view text) {
    const bool negative = text.starts_with('-');
    Integer n = 0;
    long places = -1;  // none until the point
    for (const char c : text.substr(negative ? 1 : 0)) {
        if (c == '.') {
            places = 0;
            continue;
        }
        n = n * 10 + (c - '0');
        if (places >= 0) ++places;
    }
    for (long p = places < 0 ? 0 : places; p < fraction_digits; ++p) n *= 10;
    return negative ? Integer(-n) : n;
}

std::optional<std::string> canonical(const Integer& n, long places) {
    return canonical(n < 0, Integer(abs(n)).str(), -places);
}

}  // namespace

Decimal::Decimal(std::int64_t whole) : text_(std::to_string(whole)) {}

std::optional<Decimal> Decimal::parse(std::string_view text) {
    if (const std::size_t length = canonical_length(text); length > 0) {
        Decimal decimal;
        decimal.text_ = text.substr(0, length);
        return decimal;
    }
    const auto number = read_number(text);
    if (!number) return std::nullopt;
    auto digits = canonical(number->negative, number->digits, number->exponent);
    if (!digits) return std::nullopt;
    Decimal decimal;
    decimal.text_ = std::move(*digits);
    return decimal;
}

std::optional<std::int64_t> Decimal::whole() const {
    std::int64_t n = 0;
    const char* const end = text_.data() + text_.size();
    const auto [stop, error] = std::from_chars(text_.data(), end, n);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return n;
}

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
    auto sum = canonical(Integer(scaled(a.text_) + scaled(b.text_)), fraction_digits);
    if (!sum) return std::nullopt;
    Decimal decimal;
    decimal.text_ = std::move(*sum);
    return decimal;
}

std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) {
    auto product = canonical(Integer(scaled(a.text_) * scaled(b.text_)), 2 * fraction_digits);
    if (!product) return std::nullopt;
    Decimal decimal;
    decimal.text_ = std::move(*product);
    return decimal;
}

}  // namespace pinrelay
