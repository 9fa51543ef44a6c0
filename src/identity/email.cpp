#include "identity/text/field_text.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

// Nobody's address has these outside quotes: they come with lists ("a@x.org, b@x.org"), display names and URLs.
constexpr std::string_view never_in_an_address = "()<>[]:;,\\\"";

std::optional<Problem> problem_of_email(std::string_view text) noexcept {
    const auto at = text.find('@');
    if (at == std::string_view::npos) return Problem::NoAtSign;
    if (text.find_first_of(never_in_an_address) != std::string_view::npos) return Problem::NotInAddress;
    if (text.rfind('@') != at) return Problem::SeveralAtSigns;
    if (at == 0 || at + 1 == text.size()) return Problem::NothingAroundAtSign;
    return std::nullopt;
}

// Without its blank characters. Nothing where the text is no UTF-8.
std::optional<std::string> without_blanks(std::string_view text) {
    if (ascii::all_ascii(text)) {
        std::string shown(text);
        std::erase_if(shown, is_blank);
        return shown;
    }
    const auto decoded = decode_utf8(text);
    if (!decoded) return std::nullopt;
    icu::UnicodeString shown;
    for (std::int32_t i = 0; i < decoded->length(); i = decoded->moveIndex32(i, 1))
        if (!is_blank(decoded->char32At(i))) shown.append(decoded->char32At(i));
    return encode_utf8(shown);
}

}  // namespace

Normalised email(std::string_view text) {
    const auto field = field_text(text);
    if (!field) return problem_of_field(text);
    const auto shown = without_blanks(*field);
    if (!shown) return Problem::NotUtf8;
    auto lowered = lower_nfc(*shown);
    if (!lowered) return Problem::TooLong;
    if (const auto problem = problem_of_email(*lowered)) return *problem;
    return std::move(*lowered);
}

}  // namespace pinrelay::identity
