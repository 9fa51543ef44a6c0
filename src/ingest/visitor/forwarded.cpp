#include "forwarded.hpp"

#include <algorithm>
#include <string>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/http/networks.hpp"

namespace pinrelay::ingest {
namespace ip = boost::asio::ip;

namespace {

constexpr auto nowhere = std::string_view::npos;

// Where the quoted string begins that ends at `closing`: at the next quote to the left that no backslash escapes.
std::size_t opening_quote(std::string_view line, std::size_t closing) {
    std::size_t at = closing;
    while (at > 0) {
        if (line[--at] != '"') continue;
        std::size_t first_backslash = at;
        while (first_backslash > 0 && line[first_backslash - 1] == '\\') --first_backslash;
        if ((at - first_backslash) % 2 == 0) return at;
        at = first_backslash;
    }
    return nowhere;
}

// Nowhere, where a quoted string has no beginning.
std::size_t begin_of_last_element(std::string_view line) {
    std::size_t at = line.size();
    while (at > 0) {
        const char c = line[--at];
        if (c == ',') return at + 1;
        if (c == '"') at = opening_quote(line, at);
        if (at == nowhere) return nowhere;
    }
    return 0;
}

bool take(std::string_view& rest, char wanted) {
    if (!rest.starts_with(wanted)) return false;
    rest.remove_prefix(1);
    return true;
}

std::string_view take_until(std::string_view& rest, std::string_view ends) {
    const auto word = rest.substr(0, rest.find_first_of(ends));
    rest.remove_prefix(word.size());
    return word;
}

void skip_blanks(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(ascii::blanks), rest.size()));
}

std::optional<std::string> take_quoted(std::string_view& rest) {
    std::string text;
    for (std::size_t at = 1; at < rest.size(); ++at) {
        if (rest[at] == '"') {
            rest.remove_prefix(at + 1);
            return text;
        }
        if (rest[at] == '\\' && ++at == rest.size()) return std::nullopt;
        text += rest[at];
    }
    return std::nullopt;
}

std::optional<std::string> take_value(std::string_view& rest) {
    if (rest.starts_with('"')) return take_quoted(rest);
    return std::string(take_until(rest, ";\" \t"));
}

// The value of `for` in one element; nothing where it is missing or given twice, or the element is malformed.
std::optional<std::string> node_of(std::string_view rest) {
    std::optional<std::string> node;
    while (true) {
        skip_blanks(rest);
        const auto name = take_until(rest, "=;\" \t");
        if (!name.empty()) {
            if (!take(rest, '=')) return std::nullopt;
            auto value = take_value(rest);
            if (!value) return std::nullopt;
            if (ascii::equals_ignoring_case(name, "for")) {
                if (node) return std::nullopt;
                node = std::move(value);
            }
            skip_blanks(rest);
        }
        if (rest.empty()) return node;
        if (!take(rest, ';')) return std::nullopt;
    }
}

// Nothing behind the address, or a port, which may be a made-up name.
bool is_port(std::string_view text) {
    if (text.empty()) return true;
    const auto is_part = [](char c) { return ascii::is_alphanumeric(c) || c == '.' || c == '_' || c == '-'; };
    return text.size() > 1 && text.front() == ':' && std::all_of(text.begin() + 1, text.end(), is_part);
}

// "192.0.2.60", "192.0.2.60:4711", "[2001:db8::1]:4711"; nothing for "unknown", "_hidden" and garbage.
std::optional<ip::address> address_of(std::string_view node) {
    const bool bracketed = node.starts_with('[');
    const auto end = node.find(bracketed ? ']' : ':');
    if (bracketed && end == nowhere) return std::nullopt;
    const auto host = bracketed ? node.substr(1, end - 1) : node.substr(0, end);
    node.remove_prefix(end == nowhere ? node.size() : end + (bracketed ? 1 : 0));
    if (!is_port(node) || host.find('%') != nowhere) return std::nullopt;
    boost::system::error_code error;
    const ip::address address =
        bracketed ? ip::address(ip::make_address_v6(host, error)) : ip::address(ip::make_address_v4(host, error));
    if (error) return std::nullopt;
    return http::canonical(address);
}

}  // namespace

Hop take_last_element(std::optional<std::string_view>& rest) {
    const auto begin = begin_of_last_element(*rest);
    if (begin == nowhere) {
        rest.reset();
        return {};
    }
    const auto element = rest->substr(begin);
    if (begin == 0)
        rest.reset();
    else
        *rest = rest->substr(0, begin - 1);
    if (ascii::trimmed(element, ascii::blanks).empty()) return {true, std::nullopt};
    const auto node = node_of(element);
    return {false, node ? address_of(*node) : std::nullopt};
}

}  // namespace pinrelay::ingest
