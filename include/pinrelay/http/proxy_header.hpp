#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <optional>
#include <string_view>

namespace pinrelay::http {

// The PROXY protocol of HAProxy, versions 1 (text) and 2 (binary), as proxy-protocol.txt specifies them: a proxy sends
// its client's address before the first byte of HTTP.
struct ProxyHeader {
    enum class State { NeedMore, Complete, Malformed };

    State state = State::NeedMore;
    std::size_t size = 0;                            // in bytes; only if complete
    std::optional<boost::asio::ip::address> client;  // nothing if the proxy speaks for itself (LOCAL, UNKNOWN)
};

// Reads the header at the front of `bytes`, which are all bytes of the connection so far. Decides within
// longest_proxy_header bytes. Pure; never throws.
ProxyHeader read_proxy_header(std::string_view bytes);

// In bytes. Version 2 allows extensions after the addresses; real proxies send far less than this.
inline constexpr std::size_t longest_proxy_header = 2048;

}  // namespace pinrelay::http
