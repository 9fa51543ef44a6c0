#pragma once

#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <memory>
#include <string_view>

#include "pinrelay/http/message.hpp"

namespace pinrelay::http {

// Turns the bytes that follow one request into its answer. It does no I/O: read into prepare(), commit(n), advance()
// until it gives another result than NeedMore. Interim answers (1xx) are skipped.
// Not thread-safe. Calls throw std::bad_alloc only; errors of the peer are Progress::Malformed.
class ResponseParser {
public:
    enum class Progress { NeedMore, Complete, Malformed };

    // `head_only`: the request was a HEAD, so the answer has no body. `body_limit` is in bytes; a longer body is
    // Malformed.
    ResponseParser(bool head_only, std::size_t body_limit);
    ~ResponseParser();
    ResponseParser(const ResponseParser&) = delete;
    ResponseParser& operator=(const ResponseParser&) = delete;

    boost::asio::mutable_buffer prepare();
    void commit(std::size_t received);
    Progress advance();

    // Call it when the peer has closed. Complete if the body ends with the connection, else Malformed.
    Progress end_of_stream();

    Response& response() noexcept;

    // Whether the connection can take another request: the peer keeps it and sent nothing after the answer.
    bool keep_alive() const noexcept;

    // Whether the peer sent bytes after the answer.
    bool has_surplus() const noexcept;

    // Why the answer is Malformed. Static text: nothing that the peer sent.
    std::string_view problem() const noexcept;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pinrelay::http
