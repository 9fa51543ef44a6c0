#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <optional>
#include <string_view>

namespace pinrelay::http {

// The line or block with which a proxy tells whom it speaks for, before the first byte of HTTP: the PROXY protocol of
// HAProxy, versions 1 (text) and 2 (binary), as its specification proxy-protocol.txt has them.
struct ProxyHeader {
    enum class State { NeedMore, Complete, Malformed };

    State state = State::NeedMore;
    std::size_t size = 0;                            // where complete: bytes before the HTTP
    std::optional<boost::asio::ip::address> client;  // nothing for the proxy's own checks (LOCAL, UNKNOWN)
};

// `bytes`: all that the connection has brought so far. Never needs more than longest_proxy_header.
ProxyHeader read_proxy_header(std::string_view bytes);

// Version 2 may carry extensions behind the addresses; more than this no proxy sends.
inline constexpr std::size_t longest_proxy_header = 2048;

}  // namespace pinrelay::http
