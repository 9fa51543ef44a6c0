#include "screen.hpp"

#include <algorithm>

namespace pinrelay::cli {
namespace {

constexpr std::string_view first_place = "\x1b[H";
constexpr std::string_view clear_line = "\x1b[K";
constexpr std::string_view clear_below = "\x1b[J";
constexpr std::string_view plain = "\x1b[0m";

bool begins_character(char c) {
    constexpr unsigned kind = 0xC0;
    constexpr unsigned continues = 0x80;
    return (static_cast<unsigned char>(c) & kind) != continues;
}

std::string cut(std::string_view line, std::size_t columns) {
    std::string shown;
    bool in_sequence = false;
    std::size_t used = 0;
    for (const char c : line) {
        const bool takes_column = !in_sequence && c != '\x1b' && begins_character(c);
        if (takes_column && used++ == columns) return shown.append(plain);
        if (c == '\x1b') in_sequence = true;
        if (in_sequence && c == 'm') in_sequence = false;
        shown.push_back(c);
    }
    return shown;
}

}  // namespace

std::string screen_text(std::string_view text, ScreenSize size) {
    std::string screen(first_place);
    for (std::size_t row = 0; row < size.rows && !text.empty(); ++row) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (row > 0) screen += "\r\n";
        screen.append(cut(text.substr(0, end), size.columns)).append(clear_line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return screen.append(clear_below);
}

}  // namespace pinrelay::cli
