#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace pinrelay::http {

// Where requests go: scheme, host and port of a URL, and nothing else of it.
struct Origin {
    bool tls = true;
    std::string host;      // without brackets
    bool literal = false;  // the host is an IP address
    std::uint16_t port = 0;

    // For the Host header and for sentences: "api.pinterest.com", "[::1]:8443".
    std::string authority() const;
};

// An origin that may be used, or the reason why it may not.
boost::system::result<Origin, std::string> parse_origin(std::string_view text);

}  // namespace pinrelay::http
