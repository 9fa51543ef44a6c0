#pragma once

#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

namespace pinrelay::test {

// A blocking connection that sends exactly the bytes it is given. Every wait ends after a few seconds, so that a
// server that hangs fails its test.
class RawClient {
public:
    explicit RawClient(const boost::asio::ip::tcp::endpoint& server) : socket_(context_) {
        socket_.connect(server);
        const timeval patience{5, 0};
        ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    }
    virtual ~RawClient() = default;

    // False when the server has closed before all was taken.
    virtual bool send(std::string_view bytes) {
        boost::system::error_code failure;
        boost::asio::write(socket_, boost::asio::buffer(bytes), failure);
        return !failure;
    }

    void close_sending() {
        boost::system::error_code ignored;
        socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    }

    // One answer with its body, by its Content-Length; what had come when the connection ended otherwise.
    std::string receive_answer(bool with_body = true) {
        while (received_.find("\r\n\r\n") == std::string::npos)
            if (!receive_more()) return take(received_.size());
        const std::size_t head = received_.find("\r\n\r\n") + 4;
        const std::size_t whole = head + (with_body ? content_length(received_.substr(0, head)) : 0);
        while (received_.size() < whole)
            if (!receive_more()) return take(received_.size());
        return take(whole);
    }

    // Everything until the server closes. `closed()` tells whether it did.
    std::string receive_all() {
        while (receive_more()) {
        }
        return take(received_.size());
    }

    // Whether the server ended the connection (rather than our patience).
    bool closed() const { return closed_; }

protected:
    int descriptor() { return socket_.native_handle(); }

    // As recv(2).
    virtual ssize_t receive(char* room, std::size_t size) { return ::recv(descriptor(), room, size, 0); }

private:
    bool receive_more() {
        std::array<char, 16 * 1024> piece{};
        const auto count = receive(piece.data(), piece.size());
        if (count > 0) received_.append(piece.data(), static_cast<std::size_t>(count));
        closed_ = count == 0 || (count < 0 && errno == ECONNRESET);
        return count > 0;
    }

    std::string take(std::size_t count) {
        std::string result = received_.substr(0, count);
        received_.erase(0, count);
        return result;
    }

    static std::size_t content_length(std::string head) {
        std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) { return std::tolower(c); });
        const auto at = head.find("content-length: ");
        return at == std::string::npos ? 0 : std::stoul(head.substr(at + std::string_view("content-length: ").size()));
    }

    boost::asio::io_context context_;
    boost::asio::ip::tcp::socket socket_;
    std::string received_;
    bool closed_ = false;
};

// The status of an answer; 0 for an empty one.
inline int status_of(std::string_view answer) {
    constexpr std::string_view version = "HTTP/1.1 ";
    return answer.starts_with(version) ? std::stoi(std::string(answer.substr(version.size(), 3))) : 0;
}

inline std::size_t count_answers(std::string_view bytes) {
    std::size_t count = 0;
    for (auto at = bytes.find("HTTP/1.1 "); at != std::string_view::npos; at = bytes.find("HTTP/1.1 ", at + 1)) ++count;
    return count;
}

inline std::string body_of(std::string_view answer) {
    const auto end = answer.find("\r\n\r\n");
    return end == std::string_view::npos ? std::string() : std::string(answer.substr(end + 4));
}

}  // namespace pinrelay::test
