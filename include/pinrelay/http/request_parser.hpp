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
    std::size_t header_fields = 128;  // a browser behind proxies sends about 30
    std::size_t body_bytes = 1024 * 1024;
};

// Turns the bytes of one connection into requests, one after the other. It does no I/O:
//
//     read into prepare(), commit(n), advance() until it gives NeedMore, then read again; next() after a Complete.
//
// Memory is bounded: a request never takes more than the limits of its header and body and one read.
// Not thread-safe. Calls throw std::bad_alloc only; errors of the peer are Progress::Refused.
class RequestParser {
public:
    enum class Progress {
        NeedMore,
        Head,      // request() is complete except for its body; once per request
        Complete,  // request() is complete
        Refused,   // refusal() gives the reason; the connection can bring no further request
    };

    explicit RequestParser(const ParserLimits& limits);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    boost::asio::mutable_buffer prepare();
    void commit(std::size_t received);
    Progress advance();

    // The committed bytes that belong to no request yet. `skip` removes bytes from their front: a PROXY header before
    // the first request.
    std::string_view unread() const noexcept;
    void skip(std::size_t size);

    // Begins the next request. Bytes after the last request belong to it.
    void next();

    // Whether a byte of the current request has arrived.
    bool started() const noexcept;

    // Whether a byte of the current request's body has arrived.
    bool body_started() const noexcept;

    Request& request() noexcept;
    const Framing& framing() const noexcept;
    Version version() const noexcept;

    // Whether the client wants to keep the connection. The header decides; a trailer cannot change it.
    bool keep_alive() const noexcept;
    const Refusal& refusal() const noexcept;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pinrelay::http
