#include "identifier_keys.hpp"

#include <array>
#include <cstddef>

namespace pinrelay::ingest {
namespace {

constexpr std::string_view person = R"("user_data":{)";
constexpr std::size_t most_keys = 12;
constexpr std::size_t longest_key = 24;  // of the destination's own; no digest fits

constexpr std::size_t no_place = std::string_view::npos;

// Whether the character at `at` is escaped: an odd number of backslashes is in front of it.
bool is_escaped(std::string_view json, std::size_t at) {
    std::size_t first = at;
    while (first > 0 && json[first - 1] == '\\') --first;
    return (at - first) % 2 == 1;
}

// The end of the text whose first quote is at `begin`; `no_place` where it does not end. Looks for quotes only, which
// the library does many bytes at a time.
std::size_t behind_text(std::string_view json, std::size_t begin) {
    std::size_t at = begin;
    do {
        at = json.find('"', at + 1);
        if (at == no_place) return no_place;
    } while (json[at - 1] == '\\' && is_escaped(json, at));
    return at + 1;
}

// The comma behind the value at `at`, or the end of the object around it; `no_place` where the body ends before.
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

}  // namespace

// It runs for each event, so it makes one text of the whole and looks at no character twice.
std::string identifier_keys(std::string_view body) {
    std::array<char, (longest_key + 1) * most_keys> keys;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    std::size_t used = 0;
    std::size_t at = body.find(person);
    if (at == no_place) return {};
    at += person.size();
    for (std::size_t count = 0; count < most_keys && at < body.size() && body[at] == '"'; ++count) {
        const std::size_t end = behind_text(body, at);
        if (end == no_place) break;
        const std::string_view key = body.substr(at + 1, end - at - 2);
        if (key.size() <= longest_key) {
            if (used > 0) keys[used++] = ' ';
            used += key.copy(keys.data() + used, key.size());
        }
        at = behind_value(body, end);
        if (at == no_place || body[at] != ',') break;
        ++at;
    }
    return {keys.data(), used};
}

}  // namespace pinrelay::ingest
