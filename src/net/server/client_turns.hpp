#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "pinrelay/http/networks.hpp"

namespace pinrelay::net {

// Lets the clients of one context take turns: between two looks at the sockets each may begin a few requests, however
// many of its connections have one ready. So a client with a thousand connections holds up others as one with a few
// does. Without others nobody waits for more than the next look.
//
// Ends at once where the client has a turn left, else when its turn comes; among one client's requests in their order.
// On the context's thread only.
boost::asio::awaitable<void> next_turn(boost::asio::io_context& context, http::ClientKey client);

}  // namespace pinrelay::net
