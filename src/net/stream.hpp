#pragma once

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstddef>
#include <tuple>

#include "pinrelay/core/result.hpp"

namespace pinrelay::net {

// Errors as values of the awaited operation.
inline constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable);

// The same without a coroutine around the operation: it starts where it is awaited.
inline constexpr auto as_plain_result = boost::asio::as_tuple(boost::asio::deferred);

// Why an operation ended early, if it did, and how many bytes went through.
using Transferred = std::tuple<ErrorCode, std::size_t>;
using Transfer = boost::asio::awaitable<Transferred>;

// The bytes of one connection, as they are or inside TLS. One operation at a time; cancelling the socket ends it with
// operation_aborted.
class Stream {
public:
    virtual ~Stream() = default;

    // May give no bytes and no error, where what came off the socket was not the peer's bytes yet.
    virtual Transfer read_some(boost::asio::mutable_buffer room) = 0;

    // Both buffers, whole.
    virtual Transfer write(std::array<boost::asio::const_buffer, 2> bytes) = 0;

    // Whether the peer has sent something that was not read.
    virtual bool has_unread() const noexcept = 0;

    // Tells the peer that nothing more comes, and closes the socket for sending.
    virtual boost::asio::awaitable<void> end_sending() = 0;
};

// The socket itself.
class PlainStream final : public Stream {
public:
    // `socket` is lent and outlives it; it must be non-blocking.
    explicit PlainStream(boost::asio::ip::tcp::socket& socket) : socket_(socket) {}

    // What read_some() does, as the socket's own operation.
    auto reading(boost::asio::mutable_buffer room) { return socket_.async_read_some(room, as_plain_result); }

    // What goes without waiting: nearly always all of an answer.
    Transferred write_now(const std::array<boost::asio::const_buffer, 2>& bytes) {
        ErrorCode ec;
        const std::size_t written = socket_.write_some(bytes, ec);
        if (ec == boost::asio::error::would_block) ec = {};
        return {ec, written};
    }

    Transfer read_some(boost::asio::mutable_buffer room) override { return socket_.async_read_some(room, as_result); }

    Transfer write(std::array<boost::asio::const_buffer, 2> bytes) override {
        return boost::asio::async_write(socket_, bytes, as_result);
    }

    bool has_unread() const noexcept override {
        ErrorCode unreadable;
        return socket_.available(unreadable) != 0;
    }

    boost::asio::awaitable<void> end_sending() override {
        ErrorCode gone;
        socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send, gone);
        co_return;
    }

private:
    boost::asio::ip::tcp::socket& socket_;
};

}  // namespace pinrelay::net
