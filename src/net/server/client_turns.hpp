#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "pinrelay/http/networks.hpp"

namespace pinrelay::net {

// Lets the clients of one context take turns, in the order of TurnOrder. A turn is the work on a request, on a new
// connection or on a handshake, up to where it waits for something. After 200 µs of turns the context looks at its
// sockets, so that a request of a client that used little waits for one or two turns of others, however many wait.
//
// Ends at once where nobody waits and there is time until the next look, else when the client's turn comes; among one
// client's turns in their order. On the context's thread only.
boost::asio::awaitable<void> next_turn(boost::asio::io_context& context, http::ClientKey client);

}  // namespace pinrelay::net
