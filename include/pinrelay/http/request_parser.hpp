#pragma once

#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <memory>
#include <string_view>

#include "pinrelay/http/message.hpp"
#include "pinrelay/http/request_head.hpp"

namespace pinrelay::http {

struct ParserLimits {
    std::size_t header_bytes = 16 * 1024;
    std::size_t header_fields = 128;  // browsers behind proxies send about 30
    std::size_t body_bytes = 1024 * 1024;
};

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

    explicit RequestParser(const ParserLimits& limits);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    boost::asio::mutable_buffer prepare();
    void commit(std::size_t received);
    Progress advance();

    // What has been committed and is no part of a request yet; `skip` takes it from the front. For what may stand
    // before the first request.
    std::string_view unread() const noexcept;
    void skip(std::size_t size);

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
