#include "identifier_keys.hpp"

#include <algorithm>
#include <cstddef>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::ingest {
namespace {

constexpr std::string_view person = R"("user_data":{)";
constexpr std::size_t most_keys = 12;
constexpr std::size_t longest_key = 20;  // no digest fits

constexpr std::size_t no_place = std::string_view::npos;

// Whether the character at `at` is escaped: an odd number of backslashes is in front of it.
bool is_escaped(std::string_view json, std::size_t at) {
    std::size_t first = at;
    while (first > 0 && json[first - 1] == '\\') --first;
    return (at - first) % 2 == 1;
}

// The end of the text whose first quote is at `begin`; no_place where it does not end. Looks for quotes only, which the
// library does many bytes at a time.
std::size_t behind_text(std::string_view json, std::size_t begin) {
    std::size_t at = json.find('"', begin + 1);
    while (at != no_place && is_escaped(json, at)) at = json.find('"', at + 1);
    return at == no_place ? no_place : at + 1;
}

// The comma behind the value at `at`, or the end of the object around it; no_place where the body ends before.
std::size_t behind_value(std::string_view json, std::size_t at) {
    std::size_t depth = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (c == '"') {
            at = behind_text(json, at);
            continue;
        }
        const bool closes = c == ']' || c == '}';
        if (depth == 0 && (closes || c == ',')) return at;
        if (c == '[' || c == '{') ++depth;
        if (closes) --depth;
        ++at;
    }
    return no_place;
}

bool is_key(std::string_view text) {
    const auto fits = [](char c) { return ascii::is_alphanumeric(c) || c == '_'; };
    return !text.empty() && text.size() <= longest_key && std::ranges::all_of(text, fits);
}

}  // namespace

std::string identifier_keys(std::string_view body) {
    constexpr std::size_t usual_length = 96;
    std::string keys;
    std::size_t at = body.find(person);
    if (at == no_place) return keys;
    keys.reserve(usual_length);
    at += person.size();
    for (std::size_t count = 0; count < most_keys && at < body.size() && body[at] == '"'; ++count) {
        const std::size_t end = behind_text(body, at);
        if (end == no_place) break;
        const std::string_view key = body.substr(at + 1, end - at - 2);
        if (is_key(key)) keys.append(keys.empty() ? "" : " ").append(key);
        at = behind_value(body, end);
        if (at == no_place || body[at] != ',') break;
        ++at;
    }
    return keys;
}

}  // namespace pinrelay::ingest
