#include "pinrelay/destination/redact.hpp"

#include <algorithm>
#include <cstddef>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/utf8.hpp"

namespace pinrelay::destination {
namespace {

constexpr std::string_view mark = "[redacted]";
constexpr std::size_t longest_message = 500;
constexpr std::size_t shortest_opaque = 20;
constexpr std::size_t longest_word = 16;  // "recommendations" and every word of Pinterest's key names are shorter

// Shorter ones are no secrets of any platform, and taking them out would leave no readable text.
constexpr std::size_t shortest_token = 4;

bool is_token_like(char c) {
    return ascii::is_alphanumeric(c) || std::string_view("_-+=~").find(c) != std::string_view::npos;
}

// What an address or a host name is made of; a byte above 0x7f belongs to a letter.
bool is_address_like(char c) {
    return ascii::is_alphanumeric(c) || !ascii::is_ascii(c) ||
           std::string_view("@._%+-").find(c) != std::string_view::npos;
}

// What an IP address is made of.
bool is_network_like(char c) { return ascii::is_hex_digit(c) || c == ':' || c == '.'; }

// 203.0.113.9 and 2001:db8::1, with a full stop or a colon behind them or not; times of day are none.
bool is_network_address(std::string_view run) {
    constexpr auto dots_of_version_4 = 3;
    constexpr auto colons_of_a_long_version_6 = 4;
    if (std::ranges::none_of(run, ascii::is_digit)) return false;
    while (!run.empty() && run.back() == '.') run.remove_suffix(1);
    const auto colons = std::ranges::count(run, ':');
    if (colons >= colons_of_a_long_version_6 || run.find("::") != std::string_view::npos) return true;
    return colons <= 1 && std::ranges::count(run, '.') == dots_of_version_4;
}

bool is_phone_like(char c) { return ascii::is_digit(c) || std::string_view("+-() ").find(c) != std::string_view::npos; }

// Ids, times and counts are digits alone; a phone has a '+' or its digits in groups.
bool is_phone(std::string_view run) {
    constexpr auto shortest_phone = 7;
    const auto first = run.find_first_of("0123456789");
    if (first == std::string_view::npos || std::ranges::count_if(run, ascii::is_digit) < shortest_phone) return false;
    const auto groups = run.substr(first, run.find_last_of("0123456789") - first);
    return run.find('+') != std::string_view::npos || groups.find_first_of("-() ") != std::string_view::npos;
}

// "advertiser_tracking_enabled" says something to a reader and is nobody's secret.
bool is_key_name(std::string_view run) {
    std::size_t word = 0;
    for (const char c : run) {
        if (c == '_') {
            word = 0;
            continue;
        }
        if (!ascii::is_lower(c) || ++word > longest_word) return false;
    }
    return true;
}

// Replaces every maximal run of bytes for which `belongs` holds and that `condemned` condemns; blanks around it stay.
template <class Belongs, class Condemned>
std::string replace_runs(std::string_view text, Belongs belongs, Condemned condemned) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (!belongs(text[at])) {
            result += text[at++];
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && belongs(text[end])) ++end;
        const std::string_view run = text.substr(at, end - at);
        const std::size_t begin = std::min(run.find_first_not_of(' '), run.size());
        const std::size_t behind = run.find_last_not_of(' ') + 1;
        if (condemned(run)) {
            result.append(begin, ' ').append(mark).append(run.size() - behind, ' ');
        } else {
            result += run;
        }
        at = end;
    }
    return result;
}

std::string without_token(std::string_view text, const std::string& token) {
    std::string result;
    while (token.size() >= shortest_token) {
        const auto found = text.find(token);
        if (found == std::string_view::npos) break;
        result += text.substr(0, found);
        result += mark;
        text.remove_prefix(found + token.size());
    }
    return result += text;
}

// At a character's border, so that the cut leaves valid UTF-8.
void cut(std::string& text) {
    if (text.size() <= longest_message) return;
    std::size_t end = longest_message;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
}

}  // namespace

std::string redact(std::string_view text, const Secret& token) {
    std::string result = without_token(text, token.reveal());
    result = replace_runs(result, is_address_like, [](std::string_view run) {
        return run.find('@') != std::string_view::npos || run.find("%40") != std::string_view::npos;
    });
    result = replace_runs(result, is_token_like,
                          [](std::string_view run) { return run.size() >= shortest_opaque && !is_key_name(run); });
    result = replace_runs(result, is_network_like, is_network_address);
    result = replace_runs(result, is_phone_like, is_phone);
    result = printable(result, ' ');  // what could steer a terminal or break a line of the log
    cut(result);
    return result;
}

}  // namespace pinrelay::destination
