#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <functional>
#include <optional>

#include "pinrelay/http/message.hpp"
#include "pinrelay/ingest/long_bodies.hpp"

namespace pinrelay::ingest {

// Whether reading a request may take longer than serving a usual one does: it is long, or it has many members, or it
// unpacks to such. A purchase with ten items is not.
bool takes_long(const http::Request& request);

// What the body of a request weighs while it waits: at least what a short one of gzip may unpack to.
std::size_t weight_of(const http::Request& request) noexcept;

// Clients whose address cannot be told share one turn.
Turn turn_of(const std::optional<boost::asio::ip::address>& client) noexcept;

// Does `work` in its turn on the thread for long bodies, and resumes on the caller's executor. False, without having
// done it, where too much waits. Throws what the work throws.
boost::asio::awaitable<bool> in_turn(LongBodies& long_bodies, Turn turn, std::size_t bytes, std::function<void()> work);

}  // namespace pinrelay::ingest
