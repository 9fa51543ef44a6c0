#include "pinrelay/destination/http_date.hpp"

#include <array>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>
#include <string>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::destination {
namespace {

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
           std::chrono::seconds(parts.tm_sec);
}

}  // namespace

std::optional<std::chrono::sys_seconds> http_date(std::string_view text) {
    for (const char* format : date_formats)
        if (const auto date = parse_date(ascii::trimmed(text, ascii::blanks), format)) return date;
    return std::nullopt;
}

}  // namespace pinrelay::destination
