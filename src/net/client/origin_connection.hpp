#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "forward_proxy.hpp"
#include "origin.hpp"
#include "pinrelay/net/client.hpp"

namespace pinrelay::net {

using Answer = boost::system::result<http::Response, Failure>;

// One connection to an origin, for one request at a time.
class OriginConnection {
public:
    virtual ~OriginConnection() = default;

    // Resolves, connects, has the proxy open a tunnel and shakes hands, all within the timeout. Nothing means success.
    virtual boost::asio::awaitable<std::optional<Failure>> connect(std::chrono::milliseconds timeout) = 0;

    struct Exchange {
        std::string bytes;       // the whole request
        bool head_only = false;  // it is a HEAD
        std::chrono::milliseconds timeout{};
        std::size_t max_response_body = 0;
    };

    // Sends one request and reads its answer. Every failure here is Ambiguous.
    virtual boost::asio::awaitable<Answer> exchange(Exchange exchange) = 0;

    // Whether another request may be sent: both sides keep the connection, and the peer has sent nothing since.
    virtual bool reusable() = 0;
};

// `context` is lent and outlives the connection; `origin` is used with TLS or without, as it says, and through `proxy`
// where there is one.
std::unique_ptr<OriginConnection> make_origin_connection(boost::asio::io_context& context,
                                                         boost::asio::ssl::context& tls, const Origin& origin,
                                                         const std::optional<ForwardProxy>& proxy);

}  // namespace pinrelay::net
