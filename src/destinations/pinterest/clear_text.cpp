#include "clear_text.hpp"

#include <algorithm>

#include "labels.hpp"
#include "pinrelay/http/message.hpp"
#include "pinrelay/identity/digest.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

// A URL within a URL within a URL.
constexpr int deepest_encoding = 3;

bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_beyond_ascii(c); }
bool is_of_domain(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; }
bool is_of_local_part(char c) {
    constexpr std::string_view others = "/=&?,;:<([|@#";
    return static_cast<unsigned char>(c) > ' ' && others.find(c) == std::string_view::npos;
}

// What follows the '@' begins with a name, a dot and a letter.
bool begins_with_domain(std::string_view text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_of_domain);
    const auto dot = std::find(text.begin(), end, '.');
    if (dot == text.begin()) return false;
    return std::adjacent_find(dot, end, [](char a, char b) { return a == '.' && is_letter(b); }) != end;
}

bool shows_email(std::string_view text) {
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1))
        if (at > 0 && is_of_local_part(text[at - 1]) && begins_with_domain(text.substr(at + 1))) return true;
    return false;
}

}  // namespace

bool holds_email(std::string_view text) {
    if (shows_email(text)) return true;
    std::string decoded(text);
    for (int depth = 0; depth < deepest_encoding && decoded.find('%') != std::string::npos; ++depth) {
        decoded = http::percent_decode(decoded);
        if (shows_email(decoded)) return true;
    }
    return false;
}

std::optional<std::string> without_email(std::optional<std::string> text, std::string_view field,
                                         WarningList& warnings) {
    if (!text || !holds_email(*text)) return text;
    warnings.add(warnings::clear_text_removed, field, "left out: it holds an e-mail address");
    return std::nullopt;
}

std::optional<std::string> id_without_email(std::optional<std::string> id, std::string_view field,
                                            WarningList& warnings) {
    if (!id || !holds_email(*id)) return id;
    warnings.add(warnings::clear_text_removed, field, "it holds an e-mail address; its digest stands for it");
    return identity::sha256_hex(*id);
}

}  // namespace pinrelay::destinations::pinterest
