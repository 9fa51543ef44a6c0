#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "pinrelay/http/networks.hpp"

namespace pinrelay::net {

// Lets the clients of one context take turns, in the order of TurnOrder. A turn is the work on a request, on a new
// connection or on a handshake, up to where it waits for something. After 200 µs of turns the context looks at its
// sockets, so that a request of a client that used little waits for one or two turns of others, however many wait.
//
// Belongs to its context. On the context's thread only.
class ClientTurns;
ClientTurns& client_turns(boost::asio::io_context& context);

// Whether the client's turn is now, since nobody waits and there is time until the next look. It has begun then.
bool begin_turn(ClientTurns& turns, http::ClientKey client);

// Ends when the client's turn comes; among one client's turns in their order. For a turn that did not begin at once.
boost::asio::awaitable<void> wait_for_turn(ClientTurns& turns, http::ClientKey client);

// Both: ends at once, or when the client's turn comes.
boost::asio::awaitable<void> next_turn(ClientTurns& turns, http::ClientKey client);

}  // namespace pinrelay::net
