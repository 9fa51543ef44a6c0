#include "rules.hpp"

#include <algorithm>

#include "pinrelay/config/units.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::config {

namespace {

constexpr std::uint64_t highest_port = 65535;
constexpr std::size_t longest_account_id = 18;

bool is_visible(char c) { return c > ' ' && c < 0x7f; }

bool all_of(std::string_view text, bool (*holds)(char)) { return std::all_of(text.begin(), text.end(), holds); }

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

}  // namespace

std::string refuse_empty(std::string_view value) { return value.empty() ? "must not be empty" : ""; }

std::string refuse_listen_address(std::string_view value) {
    const auto colon = value.rfind(':');
    if (colon != std::string_view::npos && is_port(value.substr(colon + 1)) &&
        (colon == 0 || is_host(value.substr(0, colon))))
        return "";
    return "must be an address and a port, such as \"0.0.0.0:8080\" or \"[::]:8080\"";
}

std::string refuse_endpoint(std::string_view value) {
    return is_web_origin(value) ? ""
                                : "must be a scheme and a host without a path, such as \"https://api.pinterest.com\"";
}

std::string refuse_prefix(std::string_view value) {
    if (!is_plain_path(value)) return "must be a path that begins with '/', without query and without \"//\"";
    return value.size() > 1 && value.back() == '/' ? "must not end with '/'" : "";
}

std::string refuse_origin_pattern(std::string_view value) {
    if (value == "*" || (is_web_origin(value) && std::none_of(value.begin(), value.end(), ascii::is_upper))) return "";
    return "must be \"*\" or an origin as browsers send it: in small letters, scheme and host, no path and no '/' at "
           "the end, such as \"https://shop.example\"";
}

std::string refuse_allowed_origin(std::string_view value) {
    std::string plain(value);
    if (const auto star = plain.find("://*."); star != std::string::npos) plain.erase(star + 3, 2);
    if (is_web_origin(plain) && std::none_of(plain.begin(), plain.end(), ascii::is_upper)) return "";
    return "must be an origin as browsers send it, or one with \"*.\" before the host, such as "
           "\"https://shop.example\" or \"https://*.shop.example\"";
}

std::string refuse_host_pattern(std::string_view value) {
    const bool any_below = value.starts_with("*.");
    if (is_host(any_below ? value.substr(2) : value)) return "";
    return "must be a host name without scheme, port or path, such as \"shop.example\" or \"*.shop.example\"";
}

std::string refuse_cookie_domain(std::string_view value) {
    const bool plain =
        all_of(value, [](char c) { return ascii::is_lower(c) || ascii::is_digit(c) || c == '.' || c == '-'; });
    const bool labels = !value.empty() && value.front() != '.' && value.back() != '.' &&
                        value.find('.') != std::string_view::npos && value.find("..") == std::string_view::npos;
    if (plain && labels) return "";
    return "must be a domain in small letters without scheme, port or leading dot, such as \"shop.example\"";
}

std::string refuse_route_path(std::string_view value) {
    return is_plain_path(value) ? "" : "must be a path that begins with '/', without query and without \"//\"";
}

std::string refuse_currency(std::string_view value) {
    return value.size() == 3 && all_of(value, ascii::is_upper)
               ? ""
               : "must be three capital letters (ISO 4217), such as \"USD\"";
}

std::string refuse_region(std::string_view value) {
    return value.size() == 2 && all_of(value, ascii::is_upper)
               ? ""
               : "must be two capital letters (ISO 3166-1), such as \"US\"";
}

std::string refuse_ad_account_id(std::string_view value) {
    if (!value.empty() && value.size() <= longest_account_id && all_of(value, ascii::is_digit)) return "";
    return "must be 1 to 18 digits: the id of the ad account, which usually begins with 549, and not the tag id, which "
           "has 13 digits and usually begins with 26";
}

std::string refuse_token(std::string_view value) {
    if (value.empty()) return "the access token is empty";
    return all_of(value, is_visible) ? "" : "the access token holds a space or another character that no token has";
}

std::string refuse_pointer(std::string_view value) {
    constexpr std::string_view reason =
        "must be a JSON pointer (RFC 6901) into the event as it arrived, such as \"/ecommerce/coupon\"";
    if (!value.starts_with('/')) return std::string(reason);
    for (auto tilde = value.find('~'); tilde != std::string_view::npos; tilde = value.find('~', tilde + 1)) {
        const std::string_view escape = value.substr(tilde + 1, 1);
        if (escape != "0" && escape != "1") return std::string(reason);
    }
    return "";
}

}  // namespace pinrelay::config
