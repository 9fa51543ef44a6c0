#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <string>

#include "origin.hpp"
#include "pinrelay/core/result.hpp"

namespace pinrelay::net {

struct Resolved {
    ErrorCode error;  // timed_out when the deadline came first
    boost::asio::ip::tcp::resolver::results_type endpoints;
};

// The addresses of an origin's host. Returns at the deadline even while the system's resolver, which cannot be
// interrupted, still waits for a name server.
boost::asio::awaitable<Resolved> resolve(Origin origin, std::chrono::steady_clock::time_point deadline);

}  // namespace pinrelay::net
