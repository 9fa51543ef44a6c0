#include "origin.hpp"

#include <array>
#include <boost/asio/ip/address.hpp>
#include <charconv>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/http/characters.hpp"
#include "pinrelay/net/client.hpp"

namespace pinrelay::net {
namespace ip = boost::asio::ip;

namespace {

struct Scheme {
    std::string_view prefix;
    bool tls;
    std::uint16_t port;
};

constexpr std::array schemes = {Scheme{"https://", true, 443}, Scheme{"http://", false, 80}};

const Scheme* find_scheme(std::string_view text) {
    for (const auto& scheme : schemes)
        if (ascii::equals_ignoring_case(text.substr(0, scheme.prefix.size()), scheme.prefix)) return &scheme;
    return nullptr;
}

// Splits "host", "host:port", "[v6]" or "[v6]:port". False for anything else.
bool split_authority(std::string_view text, Origin& origin) {
    const bool bracketed = text.starts_with('[');
    const auto end = bracketed ? text.find(']') : text.find(':');
    if (bracketed && end == std::string_view::npos) return false;
    origin.host = bracketed ? text.substr(1, end - 1) : text.substr(0, end);
    auto rest = end == std::string_view::npos ? std::string_view{} : text.substr(bracketed ? end + 1 : end);
    if (rest.empty()) return true;
    if (rest.front() != ':') return false;
    rest.remove_prefix(1);
    const auto* last = rest.data() + rest.size();
    const auto [stop, failure] = std::from_chars(rest.data(), last, origin.port);
    return failure == std::errc{} && stop == last && origin.port != 0;
}

bool judge_host(Origin& origin, bool bracketed) {
    boost::system::error_code not_an_address;
    if (bracketed) {
        ip::make_address_v6(origin.host, not_an_address);
        origin.literal = !not_an_address;
        return origin.literal && origin.host.find('%') == std::string::npos;
    }
    ip::make_address_v4(origin.host, not_an_address);
    origin.literal = !not_an_address;
    return !origin.host.empty() && http::all_of_class(origin.host, http::HostChar);
}

// By its spelling alone: a name that merely resolves to this machine today is not enough.
bool is_loopback(const Origin& origin) {
    if (origin.literal) return ip::make_address(origin.host).is_loopback();
    return ascii::equals_ignoring_case(origin.host, "localhost");
}

std::string bracketed_if_v6(const std::string& host) {
    return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

}  // namespace

std::string Origin::authority() const {
    const bool usual_port = port == schemes[tls ? 0 : 1].port;
    return usual_port ? bracketed_if_v6(host) : host_and_port();
}

std::string Origin::host_and_port() const { return bracketed_if_v6(host) + ":" + std::to_string(port); }

bool read_authority(std::string_view text, Origin& origin) {
    return split_authority(text, origin) && judge_host(origin, text.starts_with('['));
}

boost::system::result<Origin, std::string> parse_origin(std::string_view text) {
    const Scheme* scheme = find_scheme(text);
    if (scheme == nullptr) return std::string("it must begin with https:// (or http:// for this machine)");
    auto authority = text.substr(scheme->prefix.size());
    if (authority.ends_with('/')) authority.remove_suffix(1);
    if (authority.find_first_of("/?#") != std::string_view::npos)
        return std::string("it must be a scheme, a host and perhaps a port, without a path");
    if (authority.find('@') != std::string_view::npos) return std::string("it must not hold a user or password");

    Origin origin;
    origin.tls = scheme->tls;
    origin.port = scheme->port;
    if (!read_authority(authority, origin)) return std::string("it has no readable host and port");
    if (!origin.tls && !is_loopback(origin))
        return std::string("plain http is only for this machine: events and the token would travel in the clear");
    return origin;
}

std::optional<std::string> problem_of_origin(const std::string& origin) {
    const auto parsed = parse_origin(origin);
    if (parsed) return std::nullopt;
    return parsed.error();
}

}  // namespace pinrelay::net
