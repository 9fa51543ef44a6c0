#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace pinrelay::net {

// Where requests go: scheme, host and port of a URL, and nothing else of it.
struct Origin {
    bool tls = true;
    std::string host;      // without brackets
    bool literal = false;  // the host is an IP address
    std::uint16_t port = 0;

    // For the Host header and for sentences: "api.pinterest.com", "[::1]:8443".
    std::string authority() const;

    // The port always said: "api.pinterest.com:443".
    std::string host_and_port() const;
};

// Puts "host", "host:port", "[v6]" or "[v6]:port" into host, literal and, where it has one, port. False for anything
// else, and then the origin is not to be used.
bool read_authority(std::string_view text, Origin& origin);

// An origin that may be used, or the reason why it may not.
boost::system::result<Origin, std::string> parse_origin(std::string_view text);

}  // namespace pinrelay::net
