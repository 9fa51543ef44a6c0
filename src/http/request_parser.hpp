#pragma once

#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <memory>

#include "pinrelay/http/message.hpp"
#include "request_head.hpp"

namespace pinrelay::http {

// Turns the bytes of one connection into requests, one after the other. Knows no socket:
//
//     read into prepare(), commit(n), advance() until it says NeedMore, then read again; next() after a Complete.
//
// Bounded by construction: no request makes it hold more than its header and body limits and one read.
class RequestParser {
public:
    enum class Progress {
        NeedMore,
        Head,      // request() has all but its body; said once per request
        Complete,  // request() is whole
        Refused,   // refusal() says why; nothing more can be read from this connection
    };

    RequestParser(std::size_t header_limit, std::size_t body_limit);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    boost::asio::mutable_buffer prepare();
    void commit(std::size_t received);
    Progress advance();

    // Begins the next request with what came behind the last one.
    void next();

    // Whether a byte of the current request has arrived.
    bool started() const noexcept;

    // Whether a byte of the current request's body has arrived.
    bool body_started() const noexcept;

    Request& request() noexcept;
    const Framing& framing() const noexcept;
    Version version() const noexcept;

    // Whether the client wants the connection kept. Decided by the header: a trailer cannot change it.
    bool keep_alive() const noexcept;
    const Refusal& refusal() const noexcept;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pinrelay::http
