#include "email.hpp"

#include <algorithm>
#include <string>

#include "pinrelay/http/message.hpp"

namespace pinrelay::fuzz {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_plain(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

// "example.com", and behind it nothing that could make it part of something else.
bool begins_with_domain(std::string_view text) {
    constexpr std::size_t shortest_top_level = 2;
    const auto name = static_cast<std::size_t>(std::ranges::find_if_not(text, is_plain) - text.begin());
    if (name == 0 || name == text.size() || text[name] != '.') return false;
    const std::string_view rest = text.substr(name + 1);
    const auto top = static_cast<std::size_t>(std::ranges::find_if_not(rest, is_letter) - rest.begin());
    return top >= shortest_top_level;
}

bool shows_email(std::string_view text) {
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1))
        if (at > 0 && is_plain(text[at - 1]) && begins_with_domain(text.substr(at + 1))) return true;
    return false;
}

}  // namespace

bool has_email(std::string_view text) { return shows_email(text) || shows_email(http::percent_decode(text)); }

}  // namespace pinrelay::fuzz
