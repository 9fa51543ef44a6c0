#include "text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <ctime>

namespace pinrelay::mock {

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    using std::chrono::milliseconds;
    struct Unit {
        std::string_view name;
        milliseconds length;
    };
    static constexpr std::array units = {
        Unit{"ms", milliseconds{1}},      Unit{"s", std::chrono::seconds{1}}, Unit{"m", std::chrono::minutes{1}},
        Unit{"h", std::chrono::hours{1}}, Unit{"d", std::chrono::hours{24}},
    };
    constexpr std::uint32_t most = 1'000'000;  // keeps the product far from overflow
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number > most) return std::nullopt;
    const std::string_view name = text.substr(static_cast<std::size_t>(end - text.data()));
    const auto unit = std::ranges::find_if(units, [&](const Unit& row) { return row.name == name; });
    if (unit == units.end()) return std::nullopt;
    return unit->length * number;
}

JsonOutline outline(std::string_view json) {
    constexpr std::size_t event_level = 3;
    JsonOutline found;
    std::size_t depth = 0;
    std::size_t start = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_text) {
            if (c == '\\') ++i;
            if (c == '"') in_text = false;
            continue;
        }
        if (c == '"') in_text = true;
        if (c == '[' || c == '{') {
            found.depth = std::max(found.depth, ++depth);
            if (c == '{' && depth == event_level) start = i;
        }
        if ((c == ']' || c == '}') && depth > 0) {
            if (c == '}' && depth == event_level) found.objects.push_back(json.substr(start, i + 1 - start));
            --depth;
        }
    }
    return found;
}

std::size_t length_in_characters(std::string_view utf8) noexcept {
    const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return static_cast<std::size_t>(std::ranges::count_if(utf8, starts_character));
}

bool is_sha256_digest(std::string_view text) noexcept {
    constexpr std::size_t digits = 64;
    return text.size() == digits &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string iso_time(std::chrono::system_clock::time_point time) {
    using namespace std::chrono;
    const auto whole = floor<milliseconds>(time);
    const std::time_t seconds_since_epoch = system_clock::to_time_t(floor<seconds>(time));
    std::tm parts{};
    ::gmtime_r(&seconds_since_epoch, &parts);
    std::array<char, 40> date{};
    std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::array<char, 8> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%03dZ",
                  static_cast<int>((whole.time_since_epoch() % 1000ms).count() + 1000) % 1000);
    return std::string(date.data()) + fraction.data();
}

}  // namespace pinrelay::mock
