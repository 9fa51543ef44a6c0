#include "event_time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {
namespace {

using std::chrono::microseconds;

struct Unit {
    std::int64_t below;  // numbers below this count so many microseconds each
    std::int64_t microseconds;
    std::int64_t per = 1;
};
constexpr std::array units = {Unit{100'000'000'000, 1'000'000}, Unit{100'000'000'000'000, 1'000},
                              Unit{100'000'000'000'000'000, 1},
                              Unit{std::numeric_limits<std::int64_t>::max(), 1, 1'000}};

template <class Number>
std::optional<Number> parse(std::string_view text) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || !(number > 0)) return std::nullopt;
    return number;
}

// Whole numbers exactly, since a double has not the digits of today's nanoseconds.
std::optional<Time> read_whole(std::int64_t number) {
    for (const Unit& unit : units) {
        if (number < unit.below) return Time(microseconds(number * unit.microseconds / unit.per));
    }
    return std::nullopt;
}

std::optional<Time> read_fractional(double number) {
    for (const Unit& unit : units) {
        if (number >= static_cast<double>(unit.below)) continue;
        const double scale = static_cast<double>(unit.microseconds) / static_cast<double>(unit.per);
        return Time(microseconds(std::llround(number * scale)));
    }
    return std::nullopt;
}

std::optional<Time> read_number(std::string_view text) {
    if (const auto whole = parse<std::int64_t>(text)) return read_whole(*whole);
    if (const auto fractional = parse<double>(text)) return read_fractional(*fractional);
    return std::nullopt;
}

// Reads one text from left to right. Once something does not fit, `ok` stays false.
struct Cursor {
    std::string_view rest;
    bool ok = true;

    bool skip(char c) {
        if (!rest.starts_with(c)) return false;
        rest.remove_prefix(1);
        return true;
    }
    void expect(char c) { ok = skip(c) && ok; }

    int digits(std::size_t count) {
        int number = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (rest.empty() || !ascii::is_digit(rest.front())) return fail();
            number = number * 10 + (rest.front() - '0');
            rest.remove_prefix(1);
        }
        return number;
    }

    int number_below(std::size_t count, int limit) {
        const int number = digits(count);
        return number < limit ? number : fail();
    }

    int fail() {
        ok = false;
        return 0;
    }
};

// The first six digits of a fraction count; the rest is read and left.
microseconds read_fraction(Cursor& cursor) {
    std::int64_t result = 0;
    std::int64_t unit = 100'000;
    if (cursor.rest.empty()) cursor.fail();
    while (!cursor.rest.empty() && ascii::is_digit(cursor.rest.front())) {
        result += (cursor.rest.front() - '0') * unit;
        unit /= 10;
        cursor.rest.remove_prefix(1);
    }
    return microseconds(result);
}

microseconds read_clock(Cursor& cursor) {
    const std::chrono::hours hours(cursor.number_below(2, 24));
    cursor.expect(':');
    const std::chrono::minutes minutes(cursor.number_below(2, 60));
    std::chrono::seconds seconds(0);
    microseconds fraction(0);
    if (cursor.skip(':')) {
        seconds = std::chrono::seconds(cursor.number_below(2, 60));
        if (cursor.skip('.') || cursor.skip(',')) fraction = read_fraction(cursor);
    }
    return hours + minutes + seconds + fraction;
}

std::chrono::minutes read_offset(Cursor& cursor) {
    if (cursor.rest.empty() || cursor.skip('Z') || cursor.skip('z')) return {};
    for (const std::string_view zone : {"UTC", "GMT"}) {
        if (!cursor.rest.starts_with(zone)) continue;
        cursor.rest.remove_prefix(zone.size());
        return {};
    }
    const bool west = cursor.skip('-');
    if (!west) cursor.expect('+');
    const std::chrono::hours hours(cursor.number_below(2, 24));
    std::chrono::minutes minutes(0);
    if (cursor.skip(':') || !cursor.rest.empty()) minutes = std::chrono::minutes(cursor.number_below(2, 60));
    return west ? -(hours + minutes) : hours + minutes;
}

// "Mon, 30 Nov 2026 10:00:00 GMT", as browsers' toUTCString and mail write it.
std::optional<Time> read_mail_date(std::string_view text) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    constexpr std::size_t month_length = 3;
    Cursor cursor{text};
    if (const std::size_t comma = text.find(", "); comma != std::string_view::npos)
        cursor.rest.remove_prefix(comma + 2);
    const bool short_day = cursor.rest.size() > 1 && cursor.rest[1] == ' ';
    const std::chrono::day day(static_cast<unsigned>(cursor.digits(short_day ? 1 : 2)));
    cursor.expect(' ');
    const std::size_t month_at = months.find(cursor.rest.substr(0, month_length));
    if (month_at == std::string_view::npos || month_at % month_length != 0) return std::nullopt;
    cursor.rest.remove_prefix(std::min(month_length, cursor.rest.size()));
    const std::chrono::month month(static_cast<unsigned>(month_at / month_length + 1));
    cursor.expect(' ');
    const std::chrono::year year(cursor.digits(4));
    cursor.expect(' ');
    const std::chrono::year_month_day date(year, month, day);
    Time time = std::chrono::sys_days(date);
    time += read_clock(cursor);
    cursor.skip(' ');
    time -= read_offset(cursor);
    if (!cursor.ok || !cursor.rest.empty() || !date.ok()) return std::nullopt;
    return time;
}

std::optional<Time> read_date(std::string_view text) {
    Cursor cursor{text};
    const std::chrono::year year(cursor.digits(4));
    cursor.expect('-');
    const std::chrono::month month(static_cast<unsigned>(cursor.digits(2)));
    cursor.expect('-');
    const std::chrono::day day(static_cast<unsigned>(cursor.digits(2)));
    const std::chrono::year_month_day date(year, month, day);
    if (!cursor.ok || !date.ok()) return std::nullopt;
    Time time = std::chrono::sys_days(date);
    if (cursor.skip('T') || cursor.skip('t') || cursor.skip(' ')) {
        time += read_clock(cursor);
        cursor.skip(' ');
        time -= read_offset(cursor);
    }
    if (!cursor.ok || !cursor.rest.empty()) return std::nullopt;
    return time;
}

}  // namespace

std::optional<Time> read_time(std::string_view text) {
    const std::string_view inside = ascii::trimmed(text);
    if (auto time = read_number(inside)) return time;
    if (auto time = read_date(inside)) return time;
    return read_mail_date(inside);
}

std::optional<Time> time_by_our_clock(const Clocks& clocks, Time arrival) {
    const std::optional<Time> happened = clocks.happened ? clocks.happened : clocks.original;
    if (!happened || !clocks.sent || clocks.received || *clocks.sent < *happened) return happened;
    if (std::chrono::abs(arrival - *clocks.sent) <= usual_clock_error) return happened;
    const bool is_corrected = clocks.original && *clocks.original != *happened;
    return is_corrected ? happened : arrival - (*clocks.sent - *happened);
}

}  // namespace pinrelay::decode
