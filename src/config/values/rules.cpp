#include "rules.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/config/units.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::config {

namespace {

constexpr std::uint64_t highest_port = 65535;
constexpr std::size_t longest_account_id = 18;

bool is_visible(char c) { return c > ' ' && c < 0x7f; }

bool all_of(std::string_view text, bool (*holds)(char)) { return std::ranges::all_of(text, holds); }

bool is_port(std::string_view text) {
    const auto port = parse_whole(text);
    return port && *port <= highest_port;
}

// Of an IPv6 address in its text form.
bool is_of_address(char c) { return ascii::is_hex_digit(c) || c == ':' || c == '.'; }

bool is_host(std::string_view text) {
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
        return std::all_of(text.begin() + 1, text.end() - 1, is_of_address);
    return !text.empty() &&
           all_of(text, [](char c) { return ascii::is_alphanumeric(c) || c == '.' || c == '-' || c == '_'; });
}

// host, or host:port.
bool is_authority(std::string_view text) {
    const auto bracket = text.rfind(']');
    const auto colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon == std::string_view::npos) return is_host(text);
    return is_host(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

bool is_web_origin(std::string_view text) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (text.starts_with(scheme)) return is_authority(text.substr(scheme.size()));
    return false;
}

bool is_plain_path(std::string_view text) {
    return text.starts_with('/') && all_of(text, is_visible) && text.find_first_of("?#\\") == std::string_view::npos &&
           text.find("//") == std::string_view::npos;
}

bool is_browser_origin(std::string_view text) {
    return is_web_origin(text) && std::ranges::none_of(text, ascii::is_upper);
}

bool is_pointer(std::string_view text) {
    if (!text.starts_with('/')) return false;
    for (auto tilde = text.find('~'); tilde != std::string_view::npos; tilde = text.find('~', tilde + 1)) {
        const std::string_view escape = text.substr(tilde + 1, 1);
        if (escape != "0" && escape != "1") return false;
    }
    return true;
}

constexpr std::array<std::string_view, 8> quotes = {"\"", "'", "`", "\u201c", "\u201d", "\u2018", "\u2019", "\u201e"};

bool has_quotes(std::string_view text) {
    return std::ranges::any_of(quotes, [text](auto quote) { return text.starts_with(quote) || text.ends_with(quote); });
}

bool is_whole_header(std::string_view text) {
    while (!text.empty() && !ascii::is_letter(text.front())) text.remove_prefix(1);  // quotes, too
    return ascii::starts_with_ignoring_case(text, "authorization:") || ascii::equals_ignoring_case(text, "bearer") ||
           ascii::starts_with_ignoring_case(text, "bearer ") || ascii::starts_with_ignoring_case(text, "bearer:");
}

bool is_placeholder(std::string_view text) {
    return text.find("\u2026") != std::string_view::npos || text.ends_with("...") || text.starts_with('<');
}

bool is_reference(std::string_view text) {
    return text.starts_with('$') || text.starts_with("{{") || text.starts_with("%(");
}

// "PINRELAY_ACCESS_TOKEN=pina_…": a line of an env file. The '=' at the end of base64 is none.
bool is_assignment(std::string_view text) {
    const auto sign = text.find('=');
    return sign != std::string_view::npos && sign > 0 && text.find_first_not_of('=', sign) != std::string_view::npos &&
           all_of(text.substr(0, sign), [](char c) { return ascii::is_upper(c) || ascii::is_digit(c) || c == '_'; });
}

bool is_json(std::string_view text) { return text.starts_with('{') || text.starts_with('['); }

bool is_utf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

bool has_backslash(std::string_view text) { return text.find('\\') != std::string_view::npos; }

// What people write in the place of a token, in the order in which it is looked for.
struct TokenMistake {
    bool (*is_made)(std::string_view text);
    const char* reason;
};
constexpr std::array token_mistakes = {
    TokenMistake{is_whole_header, "begins with \"Bearer\" or \"Authorization\": give the access token alone"},
    TokenMistake{has_quotes, "has quotes around the access token: leave them out (Docker's env files keep them)"},
    TokenMistake{is_placeholder, "is the placeholder of an example: put the access token in its place"},
    TokenMistake{is_reference, "is the name of a variable that nothing has replaced by the access token"},
    TokenMistake{is_assignment, "is a whole line NAME=…: give the access token alone"},
    TokenMistake{is_json, "is a JSON document: give the access token alone, as text"},
    TokenMistake{is_utf16, "is in UTF-16, as PowerShell writes it: save the file as UTF-8"},
    TokenMistake{has_backslash, "holds a backslash, which no access token has: was \"\\n\" meant as a line end?"},
};

}  // namespace

std::optional<std::string> problem_if_empty(std::string_view value) {
    if (!value.empty()) return std::nullopt;
    return "must not be empty";
}

std::optional<std::string> problem_of_listen_address(std::string_view value) {
    const auto colon = value.rfind(':');
    if (colon != std::string_view::npos && is_port(value.substr(colon + 1)) &&
        (colon == 0 || is_host(value.substr(0, colon))))
        return std::nullopt;
    return "must be an address and a port, such as \"0.0.0.0:8080\" or \"[::]:8080\"";
}

std::optional<std::string> problem_of_endpoint(std::string_view value) {
    if (is_web_origin(value)) return std::nullopt;
    return "must be a scheme and a host without a path, such as \"https://api.pinterest.com\"";
}

std::optional<std::string> problem_of_prefix(std::string_view value) {
    if (auto problem = problem_of_route_path(value)) return problem;
    if (value.size() > 1 && value.back() == '/') return "must not end with '/'";
    return std::nullopt;
}

std::optional<std::string> problem_of_origin_pattern(std::string_view value) {
    if (value == "*" || is_browser_origin(value)) return std::nullopt;
    return "must be \"*\" or an origin as browsers send it: in small letters, scheme and host, no path and no '/' at "
           "the end, such as \"https://shop.example\"";
}

std::optional<std::string> problem_of_allowed_origin(std::string_view value) {
    std::string plain(value);
    if (const auto star = plain.find("://*."); star != std::string::npos) plain.erase(star + 3, 2);
    if (is_browser_origin(plain)) return std::nullopt;
    return "must be an origin as browsers send it, or one with \"*.\" before the host, such as "
           "\"https://shop.example\" or \"https://*.shop.example\"";
}

std::optional<std::string> problem_of_host_pattern(std::string_view value) {
    const bool any_below = value.starts_with("*.");
    if (is_host(any_below ? value.substr(2) : value)) return std::nullopt;
    return "must be a host name without scheme, port or path, such as \"shop.example\" or \"*.shop.example\"";
}

std::optional<std::string> problem_of_cookie_domain(std::string_view value) {
    const bool plain =
        all_of(value, [](char c) { return ascii::is_lower(c) || ascii::is_digit(c) || c == '.' || c == '-'; });
    const bool labels = !value.empty() && value.front() != '.' && value.back() != '.' &&
                        value.find('.') != std::string_view::npos && value.find("..") == std::string_view::npos;
    if (plain && labels) return std::nullopt;
    return "must be a domain in small letters without scheme, port or leading dot, such as \"shop.example\"";
}

std::optional<std::string> problem_of_route_path(std::string_view value) {
    if (is_plain_path(value)) return std::nullopt;
    return "must be a path that begins with '/', without query and without \"//\"";
}

std::optional<std::string> problem_of_currency(std::string_view value) {
    if (value.size() == 3 && all_of(value, ascii::is_upper)) return std::nullopt;
    return "must be three capital letters (ISO 4217), such as \"USD\"";
}

std::optional<std::string> problem_of_region(std::string_view value) {
    if (value.size() == 2 && all_of(value, ascii::is_upper)) return std::nullopt;
    return "must be two capital letters (ISO 3166-1), such as \"US\"";
}

std::optional<std::string> problem_of_ad_account_id(std::string_view value) {
    if (!value.empty() && value.size() <= longest_account_id && all_of(value, ascii::is_digit)) return std::nullopt;
    return "must be 1 to 18 digits: the id of the ad account, which usually begins with 549, and not the tag id, which "
           "has 13 digits and usually begins with 26";
}

bool looks_like_tag_id(std::string_view ad_account_id) {
    constexpr std::size_t tag_id_length = 13;
    return ad_account_id.size() == tag_id_length && ad_account_id.starts_with("26") &&
           all_of(ad_account_id, ascii::is_digit);
}

std::optional<std::string> problem_of_token(std::string_view value) {
    if (value.empty()) return "the access token is empty";
    for (const TokenMistake& mistake : token_mistakes)
        if (mistake.is_made(value)) return mistake.reason;
    if (all_of(value, is_visible)) return std::nullopt;
    return "the access token holds a space, a line end or another character that no token has";
}

std::optional<std::string> problem_of_pointer(std::string_view value) {
    if (is_pointer(value)) return std::nullopt;
    return "must be a JSON pointer (RFC 6901) into the event as it arrived, such as \"/ecommerce/coupon\"";
}

}  // namespace pinrelay::config
