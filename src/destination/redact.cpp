#include "pinrelay/destination/redact.hpp"

#include <algorithm>
#include <cstddef>

namespace pinrelay::destination {
namespace {

constexpr std::string_view mark = "[redacted]";
constexpr std::size_t longest_message = 500;
constexpr std::size_t shortest_opaque = 20;
constexpr std::size_t longest_word = 16;  // "recommendations" and every word of Pinterest's key names are shorter

// Shorter ones are no secrets of any platform, and taking them out would leave no readable text.
constexpr std::size_t shortest_token = 4;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_alnum(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool is_token_like(char c) { return is_alnum(c) || std::string_view("_-+=~").find(c) != std::string_view::npos; }

// What an address or a host name is made of; a byte above 0x7f belongs to a letter.
bool is_address_like(char c) {
    return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view("@._%+-").find(c) != std::string_view::npos;
}

// "advertiser_tracking_enabled" says something to a reader and is nobody's secret.
bool is_key_name(std::string_view run) {
    std::size_t word = 0;
    for (const char c : run) {
        if (c == '_') {
            word = 0;
            continue;
        }
        if (!is_lower(c) || ++word > longest_word) return false;
    }
    return true;
}

// Replaces every maximal run of bytes for which `belongs` holds and that `condemned` condemns.
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
        result += condemned(run) ? mark : run;
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
    std::replace_if(
        result.begin(), result.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    cut(result);
    return result;
}

}  // namespace pinrelay::destination
