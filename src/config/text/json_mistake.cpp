#include "json_mistake.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/utf8.hpp"

namespace pinrelay::config {
namespace {

constexpr const char* expected = "the file is JSON with // comments: { \"listen\": \"0.0.0.0:8080\" }";

bool is_name(char c) { return ascii::is_alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '$'; }

// "[collect]"
bool is_section(std::string_view line) {
    return line.size() > 2 && line.front() == '[' && line.back() == ']' && ascii::is_letter(line[1]) &&
           std::all_of(line.begin() + 1, line.end() - 1, is_name);
}

// What a document in another language begins with: "listen: x", "listen = x", "- x", "[collect]", "---".
std::string_view other_language(std::string_view line) {
    if (line.starts_with("---") || line.starts_with("- ") || line.starts_with("%YAML")) return "YAML";
    if (line.starts_with('<')) return "XML";
    if (is_section(line)) return "TOML";
    const auto name_end = static_cast<std::size_t>(std::ranges::find_if_not(line, is_name) - line.begin());
    const auto behind = ascii::trimmed(line.substr(name_end));
    if (name_end == 0) return {};
    const bool is_variable = line.starts_with("PINRELAY_") && behind.starts_with('=');
    if (is_variable || line.starts_with("export ")) return "a list of variables";
    if (behind.starts_with(':')) return "YAML";
    if (behind.starts_with('=')) return "TOML";
    return {};
}

// Comments of YAML, TOML and shells are no part of JSON either.
std::string_view first_line(std::string_view text) {
    while (!text.empty()) {
        const auto line = ascii::trimmed(text.substr(0, text.find('\n')));
        if (!line.empty() && !line.starts_with('#') && !line.starts_with("//")) return line;
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    }
    return {};
}

// The beginning of the piece that ends at `last`: of a text in quotes, a word or a number; else the byte itself.
std::size_t piece_begin(std::string_view text, std::size_t last) {
    if (text[last] == '"') {
        for (std::size_t at = last; at > 0;)
            if (text[--at] == '"' && (at == 0 || text[at - 1] != '\\')) return at;
        return last;
    }
    std::size_t begin = last;
    while (is_name(text[begin]) && begin > 0 && is_name(text[begin - 1])) --begin;
    return begin;
}

// The last byte before `end` that is neither a blank nor in a comment; the size of the text where there is none.
std::size_t byte_before(std::string_view text, std::size_t end) {
    std::size_t found = text.size();
    bool in_text = false;
    for (std::size_t at = 0; at < end; ++at) {
        if (!in_text && text.substr(at, 2) == "//") {
            at = std::min(text.find('\n', at), end);
            continue;
        }
        if (!in_text && text.substr(at, 2) == "/*") {
            at = std::min(text.find("*/", at + 2), end - 1) + 1;
            continue;
        }
        if (text[at] == '"' && (!in_text || text[at - 1] != '\\')) in_text = !in_text;
        if (ascii::white_space.find(text[at]) == std::string_view::npos) found = at;
    }
    return found;
}

bool ends_a_value(char c) { return c == '"' || c == '}' || c == ']' || ascii::is_alphanumeric(c); }

struct Sign {
    char at;  // the byte at which the unexpected piece begins
    const char* reason;
};
constexpr std::array signs = {
    Sign{'#', "a comment begins with // here, not with #"},
    Sign{'\'', "texts and keys are written in double quotes here: \"…\""},
    Sign{'=', "a key and its value are parted by a colon here: \"listen\": \"0.0.0.0:8080\""},
};

struct Encoding {
    std::string_view mark;
    const char* reason;
};
constexpr std::array encodings = {
    Encoding{"\xFF\xFE", "the file is in UTF-16, as PowerShell writes it: save it as UTF-8"},
    Encoding{"\xFE\xFF", "the file is in UTF-16: save it as UTF-8"},
};

constexpr std::array<std::string_view, 5> curly_quotes = {"\u201c", "\u201d", "\u201e", "\u2018", "\u2019"};

std::size_t first_odd_byte(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length = utf8_length(text.substr(at));
        if (length == 0) return at;
        at += length;
    }
    return at;
}

}  // namespace

JsonMistake json_mistake(std::string_view text, std::size_t byte) {
    for (const Encoding& encoding : encodings)
        if (text.starts_with(encoding.mark)) return {0, encoding.reason};
    if (const std::size_t odd = first_odd_byte(text); odd < text.size())
        return {odd, "a byte that is not UTF-8: save the file as UTF-8"};
    const auto language = other_language(first_line(text));
    if (!language.empty()) return {0, "this looks like " + std::string(language) + ", which is not read: " + expected};
    if (first_line(text).empty()) return {0, std::string("is empty: ") + expected};
    if (byte >= text.size()) return {text.size(), "the file ends too early: a quote, '}' or ']' is missing"};

    const std::size_t begin = piece_begin(text, byte);
    const std::size_t before = byte_before(text, begin);
    const char piece = text[begin];
    const char last = before < text.size() ? text[before] : '\0';
    if (last == ',' && (piece == '}' || piece == ']'))
        return {before, "a comma before '}' or ']': take it away, there is none behind the last entry"};
    if (last == ',' && piece == ',') return {begin, "one comma too many"};
    for (const auto quote : curly_quotes)
        if (text.substr(begin).starts_with(quote))
            return {begin, "a curly quote, as word processors write them: write plain double quotes"};
    for (const Sign& sign : signs)
        if (sign.at == piece) return {begin, sign.reason};
    if (piece == '"' && ends_a_value(last)) return {begin, "a comma or a colon is missing before this"};
    if (ascii::is_letter(piece) && (last == '{' || last == ','))
        return {begin, "a key or a text is written in double quotes: \"listen\""};
    return {begin, "this is not JSON; look for a comma, quote or bracket missing or too many here"};
}

}  // namespace pinrelay::config
