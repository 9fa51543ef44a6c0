#include "tls_stream.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/errc.hpp>
#include <optional>
#include <utility>

#include "socket_bio.hpp"
#include "tls_server_context.hpp"

namespace pinrelay::net {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

struct Outcome {
    int reason;  // OpenSSL's
    Handshake handshake;
};
constexpr std::array outcomes = {
    Outcome{SSL_R_HTTP_REQUEST, Handshake::NotTls},
    Outcome{SSL_R_HTTPS_PROXY_REQUEST, Handshake::NotTls},
    Outcome{SSL_R_WRONG_VERSION_NUMBER, Handshake::NotTls},
    Outcome{SSL_R_UNSUPPORTED_PROTOCOL, Handshake::Unsupported},
    Outcome{SSL_R_NO_SHARED_CIPHER, Handshake::Unsupported},
    Outcome{SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, Handshake::Unsupported},
    Outcome{SSL_R_NO_APPLICATION_PROTOCOL, Handshake::Unsupported},
    Outcome{SSL_R_SSLV3_ALERT_BAD_CERTIFICATE, Handshake::CertificateRefused},
    Outcome{SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE, Handshake::CertificateRefused},
    Outcome{SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED, Handshake::CertificateRefused},
    Outcome{SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN, Handshake::CertificateRefused},
    Outcome{SSL_R_TLSV1_ALERT_UNKNOWN_CA, Handshake::CertificateRefused},
};

Handshake outcome_of(const ErrorCode& failure) {
    if (failure == asio::error::eof) return Handshake::Closed;
    const int reason = ERR_GET_REASON(ERR_peek_error());
    const auto found = std::ranges::find_if(outcomes, [reason](const Outcome& o) { return o.reason == reason; });
    return found == outcomes.end() ? Handshake::Failed : found->handshake;
}

// Calls OpenSSL, which never waits, and waits on the socket where OpenSSL would have.
class OpenSslStream final : public TlsStream {
public:
    OpenSslStream(tcp::socket& socket, const TlsIdentity& identity, std::string received)
        : socket_(socket), bytes_{socket.native_handle(), std::move(received)}, session_(new_session(identity)) {
        BIO* const bio = make_socket_bio(bytes_);
        SSL_set_bio(session(), bio, bio);
        SSL_set_accept_state(session());
    }

    ~OpenSslStream() override {
        if (open_ && (SSL_get_shutdown(session()) & SSL_SENT_SHUTDOWN) == 0) SSL_shutdown(session());
        ERR_clear_error();
    }

    asio::awaitable<Handshake> shake_hands(const std::atomic<bool>& stop) override;
    Transfer read_some(asio::mutable_buffer room) override;
    Transfer write(std::array<asio::const_buffer, 2> bytes) override;
    asio::awaitable<void> end_sending() override;

    bool has_unread() const noexcept override {
        ErrorCode unreadable;
        return holds_bytes() || socket_.available(unreadable) != 0;
    }

private:
    SSL* session() const noexcept { return session_.get(); }

    // Taken off the socket, and not read.
    bool holds_bytes() const noexcept { return !bytes_.received.empty() || SSL_has_pending(session()) == 1; }

    auto wait_for(tcp::socket::wait_type what) { return socket_.async_wait(what, as_result); }

    // Calls OpenSSL and judges the result: an error, or what to wait for before calling again, or neither when done.
    template <class Call>
    ErrorCode call(Call openssl) {
        ERR_clear_error();  // SSL_get_error looks into the thread's queue of errors
        blocked_on_.reset();
        const int result = openssl(session());
        return result > 0 ? ErrorCode() : judge(result);
    }
    ErrorCode judge(int result);

    tcp::socket& socket_;
    SocketBytes bytes_;
    TlsSession session_;
    std::optional<tcp::socket::wait_type> blocked_on_;
    bool open_ = false;  // hands were shaken, and nothing has failed since
};

ErrorCode OpenSslStream::judge(int result) {
    switch (SSL_get_error(session(), result)) {
        case SSL_ERROR_WANT_READ: blocked_on_ = tcp::socket::wait_read; return {};
        case SSL_ERROR_WANT_WRITE: blocked_on_ = tcp::socket::wait_write; return {};
        case SSL_ERROR_ZERO_RETURN: return asio::error::eof;
        // The peer went without saying so. HTTP knows by itself where a message ends.
        case SSL_ERROR_SYSCALL: open_ = false; return asio::error::eof;
        default: open_ = false; return make_error_code(boost::system::errc::protocol_error);
    }
}

asio::awaitable<Handshake> OpenSslStream::shake_hands(const std::atomic<bool>& stop) {
    while (!stop) {
        const ErrorCode failure = call(SSL_do_handshake);
        if (failure) co_return outcome_of(failure);
        if (!blocked_on_) {
            open_ = true;
            co_return Handshake::Done;
        }
        const auto [cancelled] = co_await wait_for(*blocked_on_);
        if (cancelled) break;
    }
    co_return Handshake::TimedOut;
}

Transfer OpenSslStream::read_some(asio::mutable_buffer room) {
    if (holds_bytes() && !blocked_on_) {
        // The other connections' turn: a client that sends fast must not have the worker for itself.
        co_await asio::post(socket_.get_executor(), asio::use_awaitable);
    } else {
        const auto [cancelled] = co_await wait_for(blocked_on_.value_or(tcp::socket::wait_read));
        if (cancelled) co_return std::tuple(cancelled, std::size_t{0});
    }
    std::size_t count = 0;
    const auto read = [&](SSL* session) { return SSL_read_ex(session, room.data(), room.size(), &count); };
    const ErrorCode failure = call(read);
    co_return std::tuple(failure, count);
}

Transfer OpenSslStream::write(std::array<asio::const_buffer, 2> bytes) {
    // Head and body together: two records would be two calls of the system.
    std::string whole(asio::buffer_size(bytes), '\0');
    asio::buffer_copy(asio::buffer(whole), bytes);
    std::size_t written = 0;
    const auto write = [&](SSL* session) { return SSL_write_ex(session, whole.data(), whole.size(), &written); };
    while (true) {
        ErrorCode failure = call(write);
        if (!failure && !blocked_on_) break;
        if (!failure) {
            const auto [cancelled] = co_await wait_for(*blocked_on_);
            failure = cancelled;
        }
        if (failure) co_return std::tuple(failure, written);
    }
    co_return std::tuple(ErrorCode(), written);
}

asio::awaitable<void> OpenSslStream::end_sending() {
    // 0 from SSL_shutdown: the peer's own goodbye has not come, and need not.
    const auto say_goodbye = [](SSL* session) { return SSL_shutdown(session) < 0 ? -1 : 1; };
    while (open_) {
        const ErrorCode failure = call(say_goodbye);
        if (failure || !blocked_on_) break;
        const auto [cancelled] = co_await wait_for(*blocked_on_);
        if (cancelled) break;
    }
    ErrorCode gone;
    socket_.shutdown(tcp::socket::shutdown_send, gone);
}

}  // namespace

std::unique_ptr<TlsStream> make_tls_stream(tcp::socket& socket, const TlsIdentity& identity, std::string received) {
    return std::make_unique<OpenSslStream>(socket, identity, std::move(received));
}

}  // namespace pinrelay::net
