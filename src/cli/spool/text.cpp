#include "text.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "pinrelay/core/utf8.hpp"

namespace pinrelay::cli {
namespace {

// Of UTF-8: bytes that do not go on with a character.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string time_text(Time time) {
    const std::time_t seconds =
        std::chrono::system_clock::to_time_t(std::chrono::time_point_cast<std::chrono::system_clock::duration>(time));
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

std::string age_text(Time since, Time now) {
    using namespace std::chrono;
    const auto age = std::max(floor<seconds>(now - since), seconds(0));
    const auto whole = [&age](auto unit, auto larger) { return std::to_string((age % larger) / unit); };
    if (age < minutes(1)) return std::to_string(age.count()) + "s";
    if (age < hours(1)) return whole(minutes(1), hours(1)) + "m";
    if (age < days(1)) return whole(hours(1), days(1)) + "h " + whole(minutes(1), hours(1)) + "m";
    return std::to_string(age / days(1)) + "d " + whole(hours(1), days(1)) + "h";
}

std::string printable(std::string_view text) { return pinrelay::printable(text, '?'); }

std::string counted(std::uint64_t count, const std::string& noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string table_text(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    }
    std::string text;
    for (const auto& row : rows) {
        std::string line = " ";
        for (std::size_t i = 0; i < row.size(); ++i)
            line += " " + row[i] + std::string(widths[i] - width(row[i]) + 1, ' ');
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

}  // namespace pinrelay::cli
