#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "live_connections.hpp"
#include "server_core.hpp"

namespace pinrelay::net {

// Serves one connection to its end: requests in order, each bounded in bytes and time. Must run on the context of
// `siblings`, the other connections of its worker. Lets no exception out.
boost::asio::awaitable<void> serve_connection(boost::asio::ip::tcp::socket socket, std::shared_ptr<ServerCore> core,
                                              std::shared_ptr<LiveConnections> siblings, Place place);

}  // namespace pinrelay::net
