#include "url_parameter.hpp"

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::ingest {
namespace {

// A URL within a URL within a URL.
constexpr int deepest_encoding = 3;

constexpr bool is_of_word(char c) noexcept { return ascii::is_lower(c) || ascii::is_digit(c) || c == '_' || c == '-'; }

bool shows(std::string_view text, std::string_view assignment) {
    for (auto at = text.find(assignment); at != std::string_view::npos; at = text.find(assignment, at + 1))
        if (at == 0 || !is_of_word(text[at - 1])) return true;
    return false;
}

bool holds(std::string_view parameter, std::string_view assignment) {
    std::string text = ascii::in_lower_case(parameter);
    for (int depth = 0; depth < deepest_encoding; ++depth) {
        if (shows(text, assignment)) return true;
        if (text.find('%') == std::string::npos) return false;
        text = ascii::in_lower_case(http::percent_decode(text));
    }
    return shows(text, assignment);
}

// Appends the parameters of one part of the URL behind their mark; nothing where none is left.
void append_part(std::string& url, char mark, std::string_view part, std::string_view assignment) {
    for (const UrlPair& parameter : UrlPairs(part)) {
        if (holds(parameter.text, assignment)) continue;
        url += mark;
        url += parameter.text;
        mark = '&';
    }
}

}  // namespace

std::string without_parameter(std::string_view url, std::string_view name) {
    const std::string assignment = std::string(name) + '=';
    const UrlParts parts = split_url(url);
    std::string result(parts.page);
    if (parts.query) append_part(result, '?', *parts.query, assignment);
    if (parts.fragment) append_part(result, '#', *parts.fragment, assignment);
    return result;
}

}  // namespace pinrelay::ingest
