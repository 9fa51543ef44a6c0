#pragma once

#include <boost/system/result.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "origin.hpp"
#include "pinrelay/core/secret.hpp"
#include "pinrelay/net/client.hpp"

namespace pinrelay::net {

// An HTTP proxy that opens tunnels (CONNECT). It sees where to, and when, but nothing of what travels.
struct ForwardProxy {
    Origin origin;                        // its own host and port
    std::optional<Secret> authorization;  // the value of Proxy-Authorization
};

// Reads "http://user:password@host:port", as curl does: the scheme may be missing, no port is 1080, user and password
// are percent-encoded. Else the reason, which repeats nothing of the text.
boost::system::result<ForwardProxy, std::string> parse_forward_proxy(std::string_view url);

// Whether NO_PROXY, as curl reads it, names the origin's host: itself or a domain above it, its address or a block with
// it, or "*". Entries are separated by commas or blanks; what is none of these names nothing.
bool is_exempt(const Origin& origin, std::string_view no_proxy);

// The proxy on the way to the origin; nothing where it is reached directly. The reason where the proxy cannot be used.
boost::system::result<std::optional<ForwardProxy>, std::string> forward_proxy_for(const Origin& origin,
                                                                                  const ClientOptions& options);

// The bytes that ask the proxy for a tunnel.
std::string tunnel_request(const Origin& origin, const ForwardProxy& proxy);

// Why there is no tunnel, by the status of the proxy's answer. Nothing for a success.
std::optional<std::string> problem_of_tunnel(int status);

}  // namespace pinrelay::net
