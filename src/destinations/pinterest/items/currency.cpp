#include "currency.hpp"

#include <algorithm>
#include <array>
#include <boost/locale/utf.hpp>
#include <charconv>
#include <cstdint>
#include <iterator>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

struct CurrencySign {
    std::string_view sign;
    std::string_view code;
};

// "£" is written without a country for the British pound only; Egypt and Lebanon write "E£" and "L£".
constexpr std::array signs = {
    CurrencySign{"€", "EUR"},   CurrencySign{"euro", "EUR"}, CurrencySign{"euros", "EUR"}, CurrencySign{"£", "GBP"},
    CurrencySign{"￡", "GBP"},  CurrencySign{"₹", "INR"},    CurrencySign{"₽", "RUB"},   CurrencySign{"руб.", "RUB"},
    CurrencySign{"₩", "KRW"},   CurrencySign{"₺", "TRY"},    CurrencySign{"₪", "ILS"},     CurrencySign{"₴", "UAH"},
    CurrencySign{"₫", "VND"},   CurrencySign{"฿", "THB"},    CurrencySign{"₱", "PHP"},     CurrencySign{"₦", "NGN"},
    CurrencySign{"₡", "CRC"},   CurrencySign{"₲", "PYG"},    CurrencySign{"₸", "KZT"},     CurrencySign{"₾", "GEL"},
    CurrencySign{"₼", "AZN"}, CurrencySign{"₮", "MNT"},    CurrencySign{"₭", "LAK"},     CurrencySign{"₵", "GHS"},
    CurrencySign{"zł", "PLN"},  CurrencySign{"Kč", "CZK"},   CurrencySign{"Ft", "HUF"},    CurrencySign{"лв", "BGN"},
    CurrencySign{"R$", "BRL"},  CurrencySign{"US$", "USD"},  CurrencySign{"CA$", "CAD"},   CurrencySign{"C$", "CAD"},
    CurrencySign{"AU$", "AUD"}, CurrencySign{"A$", "AUD"},   CurrencySign{"NZ$", "NZD"},   CurrencySign{"HK$", "HKD"},
    CurrencySign{"S$", "SGD"},  CurrencySign{"NT$", "TWD"},  CurrencySign{"MX$", "MXN"},   CurrencySign{"Rp", "IDR"},
};

constexpr std::array<std::string_view, 11> ambiguous_signs = {"$",   "＄", "¥",   "￥",  "kr", "kr.",
                                                              "lei", "Rs", "Rs.", "Fr.", "S/."};

constexpr std::size_t code_length = 3;

struct Entity {
    std::string_view name;
    std::string_view sign;
};
constexpr std::array entities = {Entity{"euro", "€"}, Entity{"pound", "£"}, Entity{"yen", "¥"}, Entity{"dollar", "$"},
                                 Entity{"nbsp", " "}};
constexpr std::size_t longest_entity = 12;

// In UTF-8; "" for what is no character.
std::string code_point_text(std::uint32_t code) {
    std::string text;
    if (boost::locale::utf::is_valid_codepoint(code))
        boost::locale::utf::utf_traits<char>::encode(code, std::back_inserter(text));
    return text;
}

// Of what stands between '&' and ';'; "" for anything else.
std::string sign_of(std::string_view entity) {
    const auto* const named = std::ranges::find_if(entities, [&](const Entity& one) { return one.name == entity; });
    if (named != entities.end()) return std::string(named->sign);
    if (!entity.starts_with('#')) return {};
    entity.remove_prefix(1);
    const bool is_hex = entity.starts_with('x') || entity.starts_with('X');
    if (is_hex) entity.remove_prefix(1);
    std::uint32_t code = 0;
    constexpr int hex = 16;
    constexpr int decimal = 10;
    const char* const end = entity.data() + entity.size();
    const auto [stop, error] = std::from_chars(entity.data(), end, code, is_hex ? hex : decimal);
    if (error != std::errc{} || stop != end || code == 0) return {};
    return code_point_text(code);
}

}  // namespace

std::string_view without_entities(std::string_view text, model::Arena& arena) {
    if (text.find('&') == std::string_view::npos) return text;
    std::string plain;
    while (!text.empty()) {
        const std::size_t end = text.front() == '&' ? text.substr(0, longest_entity).find(';') : std::string_view::npos;
        const std::string sign = end == std::string_view::npos ? std::string() : sign_of(text.substr(1, end - 1));
        plain += sign.empty() ? std::string(1, text.front()) : sign;
        text.remove_prefix(sign.empty() ? 1 : end + 1);
    }
    return arena.copy(plain);
}

std::optional<std::string> currency_code(std::string_view text) {
    if (text.size() == code_length && ascii::all_letters(text)) return ascii::in_upper_case(text);
    const auto* const sign =
        std::ranges::find_if(signs, [&](const CurrencySign& s) { return ascii::equals_ignoring_case(s.sign, text); });
    if (sign == signs.end()) return std::nullopt;
    return std::string(sign->code);
}

bool is_ambiguous_sign(std::string_view text) noexcept {
    return std::ranges::any_of(ambiguous_signs,
                               [&](std::string_view sign) { return ascii::equals_ignoring_case(sign, text); });
}

std::optional<std::string> currency_in_amount(std::string_view amount) {
    const auto first = amount.find_first_of("0123456789");
    if (first == std::string_view::npos) return std::nullopt;
    const auto last = amount.find_last_of("0123456789");
    for (const auto side : {amount.substr(0, first), amount.substr(last + 1)})
        if (auto code = currency_code(identity::trim(side))) return code;
    return std::nullopt;
}

}  // namespace pinrelay::destinations::pinterest
