#pragma once

#include <sys/socket.h>

#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "test_certificates.hpp"

namespace pinrelay::test {

// One accepted connection, blocking.
class PeerConnection {
public:
    using Socket = boost::asio::ip::tcp::socket;

    PeerConnection(Socket socket, boost::asio::ssl::context& tls_context, bool tls)
        : stream_(std::move(socket), tls_context), tls_(tls) {}

    bool shake_hands() {
        boost::system::error_code failure;
        if (tls_) stream_.handshake(boost::asio::ssl::stream_base::server, failure);
        return !failure;
    }

    // What came in clear is over; whether TLS stands. For peers that open a tunnel first.
    bool start_tls() {
        tls_ = true;
        return shake_hands();
    }

    // A request with its body by Content-Length; "" when the client has closed.
    std::string read_request() {
        constexpr std::string_view length_field = "Content-Length: ";
        while (received_.find("\r\n\r\n") == std::string::npos)
            if (!read_more()) return {};
        std::size_t whole = received_.find("\r\n\r\n") + 4;
        if (const auto at = received_.find(length_field); at != std::string::npos)
            whole += std::stoul(received_.substr(at + length_field.size()));
        while (received_.size() < whole)
            if (!read_more()) return {};
        std::string request = received_.substr(0, whole);
        received_.erase(0, whole);
        return request;
    }

    void write(std::string_view bytes) {
        boost::system::error_code ignored;
        if (tls_)
            boost::asio::write(stream_, boost::asio::buffer(bytes), ignored);
        else
            boost::asio::write(stream_.next_layer(), boost::asio::buffer(bytes), ignored);
    }

    // Ends the connection by a reset instead of an orderly close.
    void reset() {
        boost::system::error_code ignored;
        stream_.next_layer().set_option(boost::asio::socket_base::linger(true, 0), ignored);
        stream_.next_layer().close(ignored);
    }

    void close() {
        boost::system::error_code ignored;
        stream_.next_layer().shutdown(Socket::shutdown_both, ignored);
    }

    void wait_for_close() {
        while (read_more()) {
        }
    }

    int native_handle() { return stream_.next_layer().native_handle(); }

private:
    bool read_more() {
        std::array<char, 4096> piece{};
        boost::system::error_code failure;
        const std::size_t count = tls_ ? stream_.read_some(boost::asio::buffer(piece), failure)
                                       : stream_.next_layer().read_some(boost::asio::buffer(piece), failure);
        received_.append(piece.data(), count);
        return !failure;
    }

    boost::asio::ssl::stream<Socket> stream_;
    bool tls_;
    std::string received_;
};

struct PeerOptions {
    std::optional<Identity> identity;  // none: plain http
    int newest_tls = 0;                // e.g. TLS1_1_VERSION; 0 is the newest there is
    bool tunnel = false;               // begins in clear, as a proxy does, until the script calls start_tls()
};

// A server on a free loopback port whose every connection, one after the other, is handled by the script.
class ScriptedPeer {
public:
    using Script = std::function<void(PeerConnection&)>;

    ScriptedPeer(PeerOptions options, Script script)
        : options_(std::move(options)),
          script_(std::move(script)),
          acceptor_(context_, {boost::asio::ip::address_v4::loopback(), 0}) {
        if (options_.identity) prepare_tls();
        thread_ = std::thread([this] { accept_all(); });
    }

    ~ScriptedPeer() {
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
            if (current_ != nullptr) ::shutdown(current_->native_handle(), SHUT_RDWR);
        }
        thread_.join();
    }
    ScriptedPeer(const ScriptedPeer&) = delete;
    ScriptedPeer& operator=(const ScriptedPeer&) = delete;

    std::string origin(const std::string& host = "127.0.0.1") const {
        return (options_.identity ? "https://" : "http://") + host + ":" +
               std::to_string(acceptor_.local_endpoint().port());
    }

    // Its URL for those who take it for a proxy; `credentials` as in "user:password@".
    std::string proxy(const std::string& credentials = "") const {
        return "http://" + credentials + "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
    }

    int accepted() const { return accepted_; }

private:
    void prepare_tls() {
        tls_.use_certificate(boost::asio::buffer(options_.identity->certificate), boost::asio::ssl::context::pem);
        tls_.use_private_key(boost::asio::buffer(options_.identity->key), boost::asio::ssl::context::pem);
        if (options_.newest_tls == 0) return;
        // What is older than TLS 1.2 needs OpenSSL's lowest level of security.
        SSL_CTX_set_cipher_list(tls_.native_handle(), "DEFAULT@SECLEVEL=0");
        SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(tls_.native_handle(), options_.newest_tls);
    }

    void accept_all() {
        while (true) {
            boost::system::error_code failure;
            PeerConnection::Socket socket(context_);
            acceptor_.accept(socket, failure);
            if (failure) return;
            ++accepted_;
            PeerConnection connection(std::move(socket), tls_, options_.identity && !options_.tunnel);
            if (!enter(&connection)) return;
            if (connection.shake_hands()) script_(connection);
            enter(nullptr);
        }
    }

    bool enter(PeerConnection* connection) {
        const std::lock_guard lock(mutex_);
        current_ = connection;
        return !stopping_;
    }

    PeerOptions options_;
    Script script_;
    boost::asio::io_context context_;
    boost::asio::ssl::context tls_{boost::asio::ssl::context::tls_server};
    boost::asio::ip::tcp::acceptor acceptor_;
    std::atomic<int> accepted_ = 0;
    std::mutex mutex_;
    PeerConnection* current_ = nullptr;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace pinrelay::test
