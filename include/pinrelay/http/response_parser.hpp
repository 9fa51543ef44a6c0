#pragma once

#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <memory>
#include <string_view>

#include "pinrelay/http/message.hpp"

namespace pinrelay::http {

// Turns the bytes that follow one request into its answer. Knows no socket: read into prepare(), commit(n), advance()
// until it says something else than NeedMore. Interim answers (1xx) are skipped.
class ResponseParser {
public:
    enum class Progress { NeedMore, Complete, Malformed };

    // The answer to a HEAD has no body, whatever its header says.
    ResponseParser(bool head_only, std::size_t body_limit);
    ~ResponseParser();
    ResponseParser(const ResponseParser&) = delete;
    ResponseParser& operator=(const ResponseParser&) = delete;

    boost::asio::mutable_buffer prepare();
    void commit(std::size_t received);
    Progress advance();

    // The peer has closed: Complete where that is how the body ends, else Malformed.
    Progress end_of_stream();

    Response& response() noexcept;

    // Whether the connection is fit for another request: the peer keeps it and sent nothing beyond the answer.
    bool keep_alive() const noexcept;

    // Whether the peer sent anything beyond the answer.
    bool has_surplus() const noexcept;

    // Why it is malformed; holds no text of the peer's.
    std::string_view problem() const noexcept;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pinrelay::http
