#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <optional>
#include <string_view>

namespace pinrelay::net {

// "0.0.0.0:8080", "[::]:8080", "localhost:8080", ":8080" (every IPv4 address). Nothing for any other text: names are
// not resolved, so that where a server listens never depends on DNS.
std::optional<boost::asio::ip::tcp::endpoint> parse_listen_address(std::string_view text);

}  // namespace pinrelay::net
