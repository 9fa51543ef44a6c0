#include <array>
#include <charconv>
#include <chrono>
#include <variant>

#include "identity/text/field_text.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

using std::chrono::year_month_day;
using ReadDate = std::variant<year_month_day, Problem>;

// Nobody alive was born earlier. The other end only keeps nonsense out: what year it is, a pure function cannot know.
constexpr int first_year = 1900;
constexpr int last_year = 2100;

constexpr std::size_t year_digits = 4;
constexpr std::size_t compact_digits = 8;  // YYYYMMDD

struct Groups {
    std::array<std::string_view, 3> digits;
    char separator;
};

int number(std::string_view digits) noexcept {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

std::optional<year_month_day> date(std::string_view year, std::string_view month, std::string_view day) noexcept {
    const year_month_day read{std::chrono::year(number(year)), std::chrono::month(static_cast<unsigned>(number(month))),
                              std::chrono::day(static_cast<unsigned>(number(day)))};
    if (!read.ok() || number(year) < first_year || number(year) > last_year) return std::nullopt;
    return read;
}

// "1997-12-26T00:00:00Z", "12/26/1997 12:00:00 AM": without the time of day.
std::string_view without_time(std::string_view text) noexcept {
    if (text.find(':') == std::string_view::npos) return text;
    return text.substr(0, text.find_first_of("Tt "));
}

std::string_view take_digits(std::string_view& rest) noexcept {
    std::size_t count = 0;
    while (count < rest.size() && ascii::is_digit(rest[count])) ++count;
    const auto digits = rest.substr(0, count);
    rest.remove_prefix(count);
    return digits;
}

// One of "-/.," with spaces around it, or only spaces (given as ' '); '\0' where there is none.
char take_separator(std::string_view& rest) noexcept {
    char separator = '\0';
    while (!rest.empty() && !ascii::is_digit(rest.front())) {
        const char c = rest.front();
        const bool is_first = separator == '\0' || separator == ' ';
        if (c != ' ' && (std::string_view("-/.,").find(c) == std::string_view::npos || !is_first)) return '\0';
        if (c != ' ' || separator == '\0') separator = c;
        rest.remove_prefix(1);
    }
    return separator;
}

std::optional<Groups> split(std::string_view text) noexcept {
    Groups groups{};
    groups.digits[0] = take_digits(text);
    groups.separator = take_separator(text);
    groups.digits[1] = take_digits(text);
    const char second = take_separator(text);
    groups.digits[2] = take_digits(text);
    if (groups.separator == '\0' || second != groups.separator || !text.empty()) return std::nullopt;
    return groups;
}

bool is_short(std::string_view digits) noexcept { return digits.size() == 1 || digits.size() == 2; }

ReadDate existing(const std::optional<year_month_day>& date) noexcept {
    if (date) return *date;
    return Problem::NoSuchDate;
}

// Dots are written where the day comes first. With '/' and '-' both orders are in use, so only dates that mean the
// same either way, or are no date the other way round, are taken.
ReadDate date_ending_in_year(const Groups& groups) noexcept {
    const auto& [first, second, year] = groups.digits;
    const auto day_first = date(year, second, first);
    if (groups.separator == '.') return existing(day_first);
    const auto month_first = date(year, first, second);
    if (day_first && month_first && *day_first != *month_first) return Problem::AmbiguousDate;
    return existing(day_first ? day_first : month_first);
}

ReadDate read_date(std::string_view text) noexcept {
    if (text.size() == compact_digits && ascii::all_digits(text))
        return existing(date(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2)));
    const auto groups = split(text);
    if (!groups) return Problem::NoDate;
    const auto& [first, second, third] = groups->digits;
    if (!is_short(second)) return Problem::NoDate;
    if (first.size() == year_digits && is_short(third)) return existing(date(first, second, third));
    if (third.size() == year_digits && is_short(first)) return date_ending_in_year(*groups);
    return Problem::NoDate;
}

void append_two_digits(std::string& text, unsigned value) {
    if (value < 10) text.push_back('0');
    text.append(std::to_string(value));
}

}  // namespace

Normalised birth_date(std::string_view text) {
    const auto field = field_text(text);
    if (!field) return problem_of_field(text);
    const auto result = read_date(without_time(*field));
    const auto* const read = std::get_if<year_month_day>(&result);
    if (read == nullptr) return std::get<Problem>(result);
    std::string compact = std::to_string(static_cast<int>(read->year()));
    append_two_digits(compact, static_cast<unsigned>(read->month()));
    append_two_digits(compact, static_cast<unsigned>(read->day()));
    return compact;
}

}  // namespace pinrelay::identity
