#include "currency_marks.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay {

namespace {

// Longer ones first, so that "US$" is not taken for a "$" with letters before it.
constexpr std::array signs = std::to_array<std::string_view>(
    {"US$", "CA$", "AU$", "NZ$", "HK$", "MX$", "R$", "A$",   "C$", "S$", "Kč",  "zł", "kr.", "kr", "Fr.", "Ft",
     "lei", "лв",  "Rs.", "Rs",  "RM",  "Rp",  "S/", "руб.", "$",  "€",  "£",   "¥",  "¢",   "₹",  "₽", "₩",
     "₺",   "₪",   "₴",   "₫",   "฿",   "₱",   "₦",  "₡",    "₲",  "₸",  "₾", "＄", "￡",  "￥"});

constexpr std::size_t code_length = 3;

// ISO 4217 list one, without precious metals, funds and testing codes.
constexpr std::string_view codes =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL "
    "HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD "
    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR "
    "RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD "
    "TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG ZWL";

bool is_code(std::string_view text) noexcept {
    for (std::size_t at = 0; at < codes.size(); at += code_length + 1) {
        const auto code = codes.substr(at, code_length);
        if (std::ranges::equal(code, text, {}, {}, ascii::upper)) return true;
    }
    return false;
}

}  // namespace

std::size_t leading_currency_mark(std::string_view text) noexcept {
    if (is_code(text.substr(0, code_length))) return code_length;
    const auto sign = std::ranges::find_if(signs, [&](auto s) { return text.starts_with(s); });
    return sign == signs.end() ? 0 : sign->size();
}

std::size_t trailing_currency_mark(std::string_view text) noexcept {
    if (text.size() >= code_length && is_code(text.substr(text.size() - code_length))) return code_length;
    const auto sign = std::ranges::find_if(signs, [&](auto s) { return text.ends_with(s); });
    return sign == signs.end() ? 0 : sign->size();
}

}  // namespace pinrelay
