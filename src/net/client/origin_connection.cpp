#include "origin_connection.hpp"

#include <openssl/ssl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <utility>

#include "pinrelay/http/response_parser.hpp"
#include "resolve.hpp"
#include "tls_context.hpp"

namespace pinrelay::net {
namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using std::chrono::milliseconds;

namespace {

constexpr auto with_error = asio::as_tuple(asio::use_awaitable);

std::string say(const ErrorCode& error, milliseconds timeout) {
    if (error == beast::error::timeout || error == asio::error::timed_out)
        return "timed out after " + std::to_string(timeout.count()) + " ms";
    if (error == asio::ssl::error::stream_truncated) return "the peer cut the connection";
    return error.message();
}

class TlsConnection final : public OriginConnection {
public:
    TlsConnection(asio::io_context& context, asio::ssl::context& tls, const Origin& origin,
                  const std::optional<ForwardProxy>& proxy)
        : origin_(origin),
          proxy_(proxy),
          way_(origin.authority() + (proxy ? " through the proxy " + proxy->origin.host_and_port() : "")),
          stream_(context, tls) {}

    asio::awaitable<std::optional<Failure>> connect(milliseconds timeout) override;
    asio::awaitable<Answer> exchange(Exchange exchange) override;
    bool reusable() override;

private:
    struct Read {
        ErrorCode error;
        std::size_t count = 0;
    };

    beast::tcp_stream& tcp_layer() { return stream_.next_layer(); }
    asio::awaitable<std::optional<Failure>> open_tunnel(milliseconds timeout);
    asio::awaitable<std::optional<Failure>> shake_hands(milliseconds timeout);
    asio::awaitable<ErrorCode> write(const std::string& bytes);
    asio::awaitable<Read> read(asio::mutable_buffer room);
    Failure not_sent(const std::string& what) const;
    Failure ambiguous(const std::string& what) const;

    Origin origin_;
    std::optional<ForwardProxy> proxy_;
    std::string way_;                              // for sentences
    asio::ssl::stream<beast::tcp_stream> stream_;  // without TLS only its next layer is used
    bool kept_ = false;
};

Failure TlsConnection::not_sent(const std::string& what) const { return {ClientErrc::NotSent, way_ + ": " + what}; }

Failure TlsConnection::ambiguous(const std::string& what) const { return {ClientErrc::Ambiguous, way_ + ": " + what}; }

asio::awaitable<std::optional<Failure>> TlsConnection::connect(milliseconds timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    const Origin& first = proxy_ ? proxy_->origin : origin_;
    const Resolved resolved = co_await resolve(first, deadline);
    if (resolved.error)
        co_return not_sent((proxy_ ? "resolving its name: " : "resolving the name: ") + say(resolved.error, timeout));

    tcp_layer().expires_at(deadline);
    const auto [error, endpoint] = co_await tcp_layer().async_connect(resolved.endpoints, with_error);
    if (error) co_return not_sent("connecting: " + say(error, timeout));
    // The name "localhost" is what the machine's own files make of it.
    if (!origin_.tls && !endpoint.address().is_loopback()) co_return not_sent("plain http led off this machine");

    ErrorCode failure;
    tcp_layer().socket().set_option(tcp::no_delay(true), failure);
    tcp_layer().socket().non_blocking(true, failure);
    if (proxy_) {
        auto failed = co_await open_tunnel(timeout);
        if (failed) co_return failed;
    }
    if (origin_.tls) {
        auto failed = co_await shake_hands(timeout);
        if (failed) co_return failed;
    }
    tcp_layer().expires_never();
    co_return std::nullopt;
}

// What the peer of the tunnel says is TLS and begins with our word: the answer's head is all that the proxy may send.
asio::awaitable<std::optional<Failure>> TlsConnection::open_tunnel(milliseconds timeout) {
    using Progress = http::ResponseParser::Progress;
    const std::string request = tunnel_request(origin_, *proxy_);
    const auto [write_error, written] = co_await asio::async_write(tcp_layer(), asio::buffer(request), with_error);
    if (write_error) co_return not_sent("asking for the tunnel: " + say(write_error, timeout));

    http::ResponseParser parser(true, 0);
    Progress progress = Progress::NeedMore;
    while (progress == Progress::NeedMore) {
        const auto [error, count] = co_await tcp_layer().async_read_some(parser.prepare(), with_error);
        parser.commit(count);
        if (error && error != asio::error::eof) co_return not_sent("waiting for the tunnel: " + say(error, timeout));
        progress = error ? parser.end_of_stream() : parser.advance();
    }
    if (progress == Progress::Malformed)
        co_return not_sent("the proxy's answer cannot be read: " + std::string(parser.problem()));
    const auto problem = problem_of_tunnel(parser.response().status);
    if (problem) co_return not_sent(*problem);
    if (parser.has_surplus()) co_return not_sent("the proxy sent more than its answer");
    co_return std::nullopt;
}

asio::awaitable<std::optional<Failure>> TlsConnection::shake_hands(milliseconds timeout) {
    expect_host(stream_.native_handle(), origin_);
    const auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::client, with_error);
    if (!error) co_return std::nullopt;
    Failure failure = not_sent("in the TLS handshake: " + say(error, timeout));
    if (const auto problem = certificate_problem(stream_.native_handle())) {
        failure.code = ClientErrc::CertificateRefused;
        failure.reason = way_ + ": its certificate was refused: " + *problem;
    }
    co_return failure;
}

asio::awaitable<ErrorCode> TlsConnection::write(const std::string& bytes) {
    const auto buffer = asio::buffer(bytes);
    if (origin_.tls) {
        const auto [error, count] = co_await asio::async_write(stream_, buffer, with_error);
        co_return error;
    }
    const auto [error, count] = co_await asio::async_write(tcp_layer(), buffer, with_error);
    co_return error;
}

asio::awaitable<TlsConnection::Read> TlsConnection::read(asio::mutable_buffer room) {
    Read result;
    if (origin_.tls) {
        const auto [error, count] = co_await stream_.async_read_some(room, with_error);
        result = {error, count};
    } else {
        const auto [error, count] = co_await tcp_layer().async_read_some(room, with_error);
        result = {error, count};
    }
    co_return result;
}

asio::awaitable<Answer> TlsConnection::exchange(Exchange exchange) {
    using Progress = http::ResponseParser::Progress;
    kept_ = false;
    tcp_layer().expires_after(exchange.timeout);
    const ErrorCode write_error = co_await write(exchange.bytes);
    if (write_error == beast::error::timeout)
        co_return ambiguous(say(write_error, exchange.timeout) + " while sending the request");

    // After any other failure to write there may still be an answer: a peer that refuses early does not read to the
    // end.
    http::ResponseParser parser(exchange.head_only, exchange.max_response_body);
    Progress progress = Progress::NeedMore;
    while (progress == Progress::NeedMore) {
        const Read got = co_await read(parser.prepare());
        parser.commit(got.count);
        if (got.error && got.error != asio::error::eof) {
            const ErrorCode first = write_error ? write_error : got.error;
            co_return ambiguous(say(first, exchange.timeout) + " while waiting for the answer");
        }
        progress = got.error ? parser.end_of_stream() : parser.advance();
    }
    if (progress == Progress::Malformed)
        co_return ambiguous("its answer cannot be read: " + std::string(parser.problem()));
    tcp_layer().expires_never();
    kept_ = !write_error && parser.keep_alive();
    co_return std::move(parser.response());
}

bool TlsConnection::reusable() {
    if (!kept_) return false;
    // An open and silent connection has nothing to read: its end, or bytes that nobody asked for, make it unfit.
    char byte = 0;
    ErrorCode error;
    tcp_layer().socket().receive(asio::buffer(&byte, 1), tcp::socket::message_peek, error);
    return error == asio::error::would_block;
}

}  // namespace

std::unique_ptr<OriginConnection> make_origin_connection(asio::io_context& context, asio::ssl::context& tls,
                                                         const Origin& origin,
                                                         const std::optional<ForwardProxy>& proxy) {
    return std::make_unique<TlsConnection>(context, tls, origin, proxy);
}

}  // namespace pinrelay::net
