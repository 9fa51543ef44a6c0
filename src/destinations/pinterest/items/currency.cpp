#include "currency.hpp"

#include <algorithm>
#include <array>

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

}  // namespace

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
