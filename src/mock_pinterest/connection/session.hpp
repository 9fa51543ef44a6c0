#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdint>
#include <optional>

#include "mock_pinterest/endpoint.hpp"

namespace pinrelay::mock {

// What all sessions share; it outlives them.
struct SessionContext {
    Endpoint& endpoint;
    Journal& journal;
    ScriptPlayer& script;
    const Options& options;
    boost::asio::ssl::context* tls = nullptr;  // nullptr: plain HTTP
};

// One connection from its acceptance to its end. `number` counts connections from 1.
boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket, SessionContext context, std::uint64_t number);

}  // namespace pinrelay::mock
