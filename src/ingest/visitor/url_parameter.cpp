#include "url_parameter.hpp"

#include <algorithm>

#include "pinrelay/http/message.hpp"

namespace pinrelay::ingest {
namespace {

// A URL within a URL within a URL.
constexpr int deepest_encoding = 3;

constexpr bool is_of_word(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

std::string lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

bool shows(std::string_view text, std::string_view assignment) {
    for (auto at = text.find(assignment); at != std::string_view::npos; at = text.find(assignment, at + 1))
        if (at == 0 || !is_of_word(text[at - 1])) return true;
    return false;
}

bool holds(std::string_view parameter, std::string_view assignment) {
    std::string text = lower_case(std::string(parameter));
    for (int depth = 0; depth < deepest_encoding; ++depth) {
        if (shows(text, assignment)) return true;
        if (text.find('%') == std::string::npos) return false;
        text = lower_case(http::percent_decode(text));
    }
    return shows(text, assignment);
}

// Appends the parameters of one part of the URL behind their mark; nothing where none is left.
void append_part(std::string& url, char mark, std::string_view part, std::string_view assignment) {
    while (true) {
        const auto end = part.find('&');
        const std::string_view parameter = part.substr(0, end);
        if (!holds(parameter, assignment)) {
            url += mark;
            url += parameter;
            mark = '&';
        }
        if (end == std::string_view::npos) return;
        part.remove_prefix(end + 1);
    }
}

}  // namespace

std::string without_parameter(std::string_view url, std::string_view name) {
    const std::string assignment = std::string(name) + '=';
    const auto hash = std::min(url.find('#'), url.size());
    const auto question = std::min(url.find('?'), hash);
    std::string result(url.substr(0, question));
    if (question < hash) append_part(result, '?', url.substr(question + 1, hash - question - 1), assignment);
    if (hash < url.size()) append_part(result, '#', url.substr(hash + 1), assignment);
    return result;
}

}  // namespace pinrelay::ingest
