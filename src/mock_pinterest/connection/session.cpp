#include "session.hpp"

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

namespace pinrelay::mock {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Errors = boost::system::error_code;
using Parser = http::request_parser<http::string_body>;

constexpr std::uint32_t header_limit = 64 * 1024;

template <class Stream>
tcp::socket& socket_of(Stream& stream) {
    if constexpr (std::is_same_v<Stream, tcp::socket>) {
        return stream;
    } else {
        return stream.next_layer();
    }
}

std::string text_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

RequestHead head_of(const Parser& parser) {
    const auto& message = parser.get();
    return {text_of(message.method_string()), text_of(message.target()), text_of(message[http::field::authorization]),
            text_of(message[http::field::content_type]), message.keep_alive()};
}

// With nothing lingering, closing sends RST.
void reset(tcp::socket& socket) {
    Errors ignored;
    socket.set_option(tcp::socket::linger(true, 0), ignored);
    socket.close(ignored);
}

asio::awaitable<void> pause(std::chrono::milliseconds duration) {
    if (duration.count() == 0) co_return;
    asio::steady_timer timer(co_await asio::this_coro::executor, duration);
    co_await timer.async_wait(asio::use_awaitable);
}

template <class Stream>
asio::awaitable<void> write(Stream& stream, const Reply& reply) {
    if (reply.bytes.empty()) co_return;
    if (!reply.drip) {
        co_await asio::async_write(stream, asio::buffer(reply.bytes), asio::use_awaitable);
        co_return;
    }
    for (std::size_t done = 0; done < reply.bytes.size(); done += reply.drip->bytes) {
        if (done > 0) co_await pause(reply.drip->every);
        const auto piece = asio::buffer(asio::buffer(reply.bytes) + done, reply.drip->bytes);
        co_await asio::async_write(stream, piece, asio::use_awaitable);
    }
}

// Reads and forgets until the client ends the connection.
template <class Stream>
asio::awaitable<void> read_to_the_end(Stream& stream) {
    constexpr std::size_t piece = 16 * 1024;
    std::array<char, piece> forgotten{};
    Errors ended;
    while (!ended) {
        co_await stream.async_read_some(asio::buffer(forgotten), asio::redirect_error(asio::use_awaitable, ended));
    }
}

// Writes the reply and does its ending. Says whether the connection goes on.
template <class Stream>
asio::awaitable<bool> act(Stream& stream, const Reply& reply) {
    co_await pause(reply.delay);
    co_await write(stream, reply);
    Errors ignored;
    switch (reply.ending) {
        case Ending::KeepAlive: co_return true;
        case Ending::Close: break;
        case Ending::Reset: reset(socket_of(stream)); break;
        case Ending::HalfClose: socket_of(stream).shutdown(tcp::socket::shutdown_send, ignored); [[fallthrough]];
        case Ending::Hang: co_await read_to_the_end(stream); break;
    }
    co_return false;
}

// Reads the body behind a header, with the "100 Continue" that a client may wait for.
template <class Stream>
asio::awaitable<void> read_body(Stream& stream, boost::beast::flat_buffer& buffer, Parser& parser, Errors& failed) {
    if (!parser.is_done() && parser.get()[http::field::expect] == "100-continue") {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(stream, asio::buffer(go_on), asio::redirect_error(asio::use_awaitable, failed));
        if (failed) co_return;
    }
    co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, failed));
}

// One request, its header read, and its reply. `failed` is the header's result: a body that announces more than the
// limit shows there. Says whether the connection goes on.
template <class Stream>
asio::awaitable<bool> exchange(Stream& stream, boost::beast::flat_buffer& buffer, Parser& parser,
                               Endpoint::Opening opening, Endpoint& endpoint, Errors failed, bool last) {
    if (opening.reset) {
        co_await pause(opening.choice.rule->delay);
        reset(socket_of(stream));
        co_return false;
    }
    if (!failed) co_await read_body(stream, buffer, parser, failed);
    if (failed && failed != http::error::body_limit) {
        endpoint.abandon(opening);
        co_return false;
    }
    Reply reply = failed ? endpoint.refuse_size(opening) : endpoint.finish(std::move(opening), parser.get().body());
    if (last && reply.ending == Ending::KeepAlive) reply.ending = Ending::Close;
    const bool goes_on = co_await act(stream, reply);
    co_return goes_on;
}

template <class Stream>
asio::awaitable<void> converse(Stream& stream, SessionContext context, std::uint64_t number) {
    boost::beast::flat_buffer buffer;
    std::uint64_t requests = 0;
    for (;;) {
        Parser parser;
        parser.header_limit(header_limit);
        parser.body_limit(context.options.policy.body_limit);
        Errors failed;
        co_await http::async_read_header(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, failed));
        // Under TLS 1.3 a client's refusal of our certificate arrives only here.
        if (failed.category() == asio::error::get_ssl_category() && requests == 0) context.journal.handshake_failed();
        if (failed && failed != http::error::body_limit) co_return;

        Endpoint::Opening opening = context.endpoint.open(head_of(parser), number);
        if (!opening.control && ++requests == 1) context.journal.connection_used();
        const bool last = !opening.control && requests == context.options.requests_per_connection;
        const bool goes_on =
            co_await exchange(stream, buffer, parser, std::move(opening), context.endpoint, failed, last);
        if (!goes_on) co_return;
    }
}

asio::awaitable<void> close_in_handshake(tcp::socket& socket, Journal& journal) {
    std::array<char, 64> start_of_hello{};
    Errors ignored;
    co_await socket.async_read_some(asio::buffer(start_of_hello), asio::redirect_error(asio::use_awaitable, ignored));
    journal.handshake_failed();
    // Closing with bytes unread would send RST: send FIN, and let the client end the connection.
    socket.shutdown(tcp::socket::shutdown_send, ignored);
    co_await read_to_the_end(socket);
}

}  // namespace

asio::awaitable<void> serve(tcp::socket socket, SessionContext context, std::uint64_t number) {
    Errors ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    if (context.script.closes_handshake(number)) {
        co_await close_in_handshake(socket, context.journal);
        co_return;
    }
    if (context.tls == nullptr) {
        co_await converse(socket, context, number);
        co_return;
    }
    asio::ssl::stream<tcp::socket> stream(std::move(socket), *context.tls);
    Errors failed;
    co_await stream.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, failed));
    if (failed) {
        context.journal.handshake_failed();
        co_return;
    }
    co_await converse(stream, context, number);
}

}  // namespace pinrelay::mock
