#include "pinrelay/destination/retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>
#include <string>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::destination {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// RFC 9110 section 5.6.7: the preferred form and the two obsolete ones, all of which a recipient must take.
constexpr std::array date_formats = {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"};

std::optional<std::chrono::sys_seconds> parse_date(std::string_view text, const char* format) {
    std::istringstream in{std::string(text)};
    in.imbue(std::locale::classic());
    std::tm parts{};
    in >> std::get_time(&parts, format);
    // libstdc++ takes a text that ends too early; written back, only the whole one is the same.
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << std::put_time(&parts, format);
    if (in.fail() || out.view() != text) return std::nullopt;
    constexpr int first_year_of_tm = 1900;
    const std::chrono::year_month_day date{std::chrono::year(parts.tm_year + first_year_of_tm),
                                           std::chrono::month(static_cast<unsigned>(parts.tm_mon) + 1),
                                           std::chrono::day(static_cast<unsigned>(parts.tm_mday))};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(parts.tm_hour) + std::chrono::minutes(parts.tm_min) +
           seconds(parts.tm_sec);
}

}  // namespace

std::optional<milliseconds> delta_seconds(std::string_view text) {
    text = ascii::trimmed(text, ascii::blanks);
    const bool digits_only = !text.empty() && ascii::all_digits(text);
    if (!digits_only) return std::nullopt;
    seconds::rep count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc()) return longest_wish;  // more digits than a number holds
    return std::min<seconds>(seconds(count), longest_wish);
}

std::optional<milliseconds> retry_after(std::string_view text, Time now) {
    if (const auto delta = delta_seconds(text)) return delta;
    for (const char* format : date_formats) {
        const auto date = parse_date(ascii::trimmed(text, ascii::blanks), format);
        if (!date) continue;
        const auto wait = std::chrono::ceil<milliseconds>(*date - now);
        return std::clamp<milliseconds>(wait, milliseconds::zero(), longest_wish);
    }
    return std::nullopt;
}

}  // namespace pinrelay::destination
