#include "forward_proxy.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/base64.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::net {
namespace {

constexpr std::uint16_t usual_port = 1080;  // curl's, for a proxy without one

struct Hint {
    int status;
    std::string_view text;
};
constexpr std::array hints = {
    Hint{403, "it does not let this host be reached"},
    Hint{407, "check the user and password that it is given"},
    Hint{502, "it could not reach the host"},
    Hint{504, "it could not reach the host in time"},
};

// In a form '+' is a blank; here it is itself.
std::string decode(std::string_view text) {
    std::string escaped;
    for (const char c : text)
        if (c == '+')
            escaped += "%2B";
        else
            escaped += c;
    return http::percent_decode(escaped);
}

bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }

// Sets the header's value, or returns why not. RFC 7617: no colon in the user, no control characters.
std::optional<std::string> read_credentials(std::string_view credentials, std::optional<Secret>& authorization) {
    if (credentials.empty()) return std::nullopt;
    constexpr std::size_t longest = 4096;  // far beyond any password, and within every proxy's limit of a head
    if (credentials.size() > longest) return "its user and password are too long";
    const auto colon = credentials.find(':');
    const std::string user = decode(credentials.substr(0, colon));
    const std::string password = colon == std::string_view::npos ? "" : decode(credentials.substr(colon + 1));
    if (user.find(':') != std::string::npos) return "its user must not hold a colon";
    const std::string both = user + ":" + password;
    if (std::ranges::any_of(both, is_control)) return "its user or password holds a control character";
    authorization = Secret("Basic " + encode_base64(both));
    return std::nullopt;
}

}  // namespace

boost::system::result<ForwardProxy, std::string> parse_forward_proxy(std::string_view url) {
    constexpr std::string_view scheme = "http://";
    if (ascii::equals_ignoring_case(url.substr(0, scheme.size()), scheme))
        url.remove_prefix(scheme.size());
    else if (url.find("://") != std::string_view::npos)
        return std::string("it must begin with http://; other kinds of proxies are not spoken to");
    if (url.ends_with('/')) url.remove_suffix(1);

    ForwardProxy proxy;
    if (const auto at = url.rfind('@'); at != std::string_view::npos) {
        if (auto problem = read_credentials(url.substr(0, at), proxy.authorization)) return std::move(*problem);
        url.remove_prefix(at + 1);
    }
    proxy.origin.tls = false;
    proxy.origin.port = usual_port;
    if (!read_authority(url, proxy.origin)) return std::string("it has no readable host and port");
    return proxy;
}

boost::system::result<std::optional<ForwardProxy>, std::string> forward_proxy_for(const Origin& origin,
                                                                                  const ClientOptions& options) {
    // Plain http is for this machine alone.
    if (!options.proxy || !origin.tls || is_exempt(origin, options.no_proxy)) return std::nullopt;
    auto proxy = parse_forward_proxy(options.proxy->reveal());
    if (!proxy) return std::move(proxy.error());
    return std::optional(std::move(*proxy));
}

std::string tunnel_request(const Origin& origin, const ForwardProxy& proxy) {
    const std::string target = origin.host_and_port();
    std::string out = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
    if (proxy.authorization) out += "Proxy-Authorization: " + proxy.authorization->reveal() + "\r\n";
    return out + "\r\n";
}

std::optional<std::string> problem_of_tunnel(int status) {
    constexpr int first_success = 200;
    constexpr int first_redirect = 300;
    if (status >= first_success && status < first_redirect) return std::nullopt;
    std::string reason = "the proxy refused the tunnel with status " + std::to_string(status);
    for (const auto& hint : hints)
        if (hint.status == status) reason.append("; ").append(hint.text);
    return reason;
}

}  // namespace pinrelay::net
