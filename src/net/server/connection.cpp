#include "connection.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "client_turns.hpp"
#include "net/stream.hpp"
#include "net/tls/tls_stream.hpp"
#include "pinrelay/core/result.hpp"
#include "pinrelay/http/proxy_header.hpp"
#include "pinrelay/http/request_parser.hpp"
#include "pinrelay/http/response_writer.hpp"

namespace pinrelay::net {
namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::steady_clock;

namespace {

// A socket closed with unread bytes in it sends a reset, which can destroy the answer on its way. So after the last
// answer this much is read and thrown away, for this long, until the client closes.
constexpr std::size_t linger_bytes = 8 * 1024 * 1024;
constexpr std::chrono::seconds linger_time{2};

constexpr std::string_view retry_after = "2";  // seconds

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

http::Response internal_error() {
    return http::error_response(500, "internal_error", "", "the request could not be processed");
}

http::Response busy() {
    http::Response response = to_response(http::refusals::no_room);
    response.headers.emplace_back("Retry-After", retry_after);
    return response;
}

class Connection final : public LiveConnection {
public:
    Connection(tcp::socket socket, ServerCore& core, asio::io_context& context)
        : socket_(std::move(socket)),
          core_(core),
          context_(context),
          limits_(core.limits()),
          parser_({limits_->header_bytes, limits_->header_fields, limits_->body_bytes}) {}

    asio::awaitable<void> run();

    void interrupt() noexcept override {
        ErrorCode ignored;
        socket_.cancel(ignored);
    }

    bool idle() const noexcept override {
        return shaking_hands_ || (waiting_ && !parser_.started() && !stream_->has_unread());
    }

private:
    asio::awaitable<void> my_turn();
    asio::awaitable<bool> read_proxy();
    asio::awaitable<bool> shake_hands();
    asio::awaitable<bool> receive();
    asio::awaitable<bool> read_some();
    asio::awaitable<bool> admit();
    asio::awaitable<http::Response> answer();
    asio::awaitable<bool> write(const http::Response& response, bool keep_alive);
    asio::awaitable<void> refuse(http::Refusal refusal);
    asio::awaitable<void> linger();
    std::optional<http::Response> judge_head();
    bool admits_handshake();
    void set_peer(const asio::ip::address& canonical_address, bool is_proxy) {
        peer_ = canonical_address;
        peer_address_ = peer_.to_string();
        const http::ClientNetworks networks = http::client_networks(peer_);
        turns_ = is_proxy ? std::nullopt : std::optional(networks.keys[networks.count - 1]);
        body_room_.belong_to(is_proxy ? std::nullopt : std::optional(networks));
    }
    void begin_request();
    void give_time_for(std::size_t received);
    void report(const char* what);

    tcp::socket socket_;
    ServerCore& core_;
    asio::io_context& context_;
    const std::shared_ptr<const ServerLimits> limits_;
    PlainStream plain_{socket_};
    std::unique_ptr<TlsStream> tls_;
    Stream* stream_ = &plain_;  // either
    http::RequestParser parser_;
    asio::ip::address peer_;
    std::string peer_address_;              // the same as text
    std::optional<http::ClientKey> turns_;  // whose turns its requests take; a proxy speaks for many, and takes none
    std::string out_;
    SteadyTime begun_{};  // of the current request: its first byte, or the accept for the first one
    SteadyTime body_begun_{};
    bool shaking_hands_ = false;  // in the TLS handshake
    bool in_body_ = false;        // between the header and the end of the body
    HeldRoom body_room_{core_.bodies};
    bool waiting_ = false;           // in a read
    std::size_t requests_ = 0;       // answered
    std::size_t body_received_ = 0;  // of the current request, and what came with it
    bool first_request_ = true;
    bool head_only_ = false;  // the request was a HEAD
    bool linger_wanted_ = false;
};

asio::awaitable<void> Connection::run() {
    ErrorCode gone;
    socket_.set_option(tcp::no_delay(true), gone);
    const auto peer = socket_.remote_endpoint(gone);
    if (gone) co_return;
    const auto address = http::canonical(peer.address());
    const bool is_proxy = limits_->trusted_proxies.contains(address);
    set_peer(address, is_proxy);
    auto turn = my_turn();  // connections that come and go cost as much as requests
    co_await std::move(turn);
    begun_ = steady_clock::now();
    deadline = begun_ + limits_->header_timeout;
    if (limits_->proxy_protocol && is_proxy && !co_await read_proxy()) co_return;
    if (limits_->tls && (!admits_handshake() || !co_await shake_hands())) co_return;

    while (co_await receive()) {
        http::Response response = co_await answer();
        body_room_.release();
        // Its client may leave a long answer unread for as long as a write may take. What it says is said again.
        if (!body_room_.grow_to(response.body.capacity(), *limits_)) response = busy();
        const bool keep_alive =
            parser_.keep_alive() && !core_.draining && ++requests_ < limits_->requests_per_connection;
        if (!co_await write(response, keep_alive) || !keep_alive) break;
        body_room_.release();
        parser_.next();
        begin_request();
    }
    if (linger_wanted_) co_await linger();
}

asio::awaitable<void> Connection::my_turn() {
    if (!turns_) co_return;
    auto turn = next_turn(context_, *turns_);
    co_await std::move(turn);
}

// Whom the proxy speaks for. What is malformed there is closed without an answer: nobody who speaks HTTP is listening.
asio::awaitable<bool> Connection::read_proxy() {
    http::ProxyHeader header;
    while ((header = http::read_proxy_header(parser_.unread())).state == http::ProxyHeader::State::NeedMore) {
        const auto [ec, received] = co_await socket_.async_read_some(parser_.prepare(), as_result);
        if (ec) co_return false;
        parser_.commit(received);
    }
    if (header.state == http::ProxyHeader::State::Malformed) {
        ++core_.malformed_requests;
        co_return false;
    }
    parser_.skip(header.size);
    if (header.client) set_peer(http::canonical(*header.client), false);
    co_return true;
}

bool Connection::admits_handshake() {
    if (core_.handler.admits_handshake(peer_)) return true;
    ++core_.handshakes[index_of(Handshake::TooMany)];
    return false;
}

// Within the time that the first header has.
asio::awaitable<bool> Connection::shake_hands() {
    shaking_hands_ = true;
    // Nearly all of the work is on the first bytes. Should the wait end early, so does the handshake.
    if (parser_.unread().empty()) co_await socket_.async_wait(tcp::socket::wait_read, as_result);
    auto turn = my_turn();
    co_await std::move(turn);
    tls_ = make_tls_stream(socket_, *limits_->tls, std::string(parser_.unread()));
    parser_.skip(parser_.unread().size());
    const Handshake outcome = co_await tls_->shake_hands(core_.draining);
    shaking_hands_ = false;
    stream_ = tls_.get();
    // The drain cuts it: there is no request to lose.
    if (outcome == Handshake::Done || !core_.draining) ++core_.handshakes[index_of(outcome)];
    co_return outcome == Handshake::Done;
}

// The clock of a request starts with its first byte; until then the connection is idle.
void Connection::begin_request() {
    first_request_ = false;
    head_only_ = false;
    in_body_ = false;
    body_received_ = 0;
    begun_ = steady_clock::now();
    deadline = begun_ + (parser_.started() ? limits_->header_timeout : limits_->idle_timeout);
}

// Reads until a whole request stands in the parser; false when the connection is to be closed instead.
asio::awaitable<bool> Connection::receive() {
    using Progress = http::RequestParser::Progress;
    while (true) {
        const Progress progress = parser_.advance();
        if (progress == Progress::Complete) break;
        if (progress == Progress::Refused) {
            co_await refuse(parser_.refusal());
            co_return false;
        }
        const bool go_on = progress == Progress::Head ? co_await admit() : co_await read_some();
        if (!go_on) co_return false;
    }
    deadline = never;
    co_return true;
}

asio::awaitable<bool> Connection::read_some() {
    const bool already_started = parser_.started();
    waiting_ = true;
    if (core_.draining && idle()) co_return false;
    const asio::mutable_buffer room = parser_.prepare();
    const auto [ec, received] = co_await stream_->read_some(room);
    waiting_ = false;
    if (!ec) {
        if (received == 0) co_return true;
        parser_.commit(received);
        if (in_body_) {
            give_time_for(received);
            if (!body_room_.grow_to(body_received_, *limits_)) {
                co_await refuse(http::refusals::no_room);
                co_return false;
            }
        }
        if (!already_started && !first_request_) begin_request();
        co_return true;
    }
    if (!already_started) co_return false;  // an idle connection ended, by whichever side
    if (ec == asio::error::operation_aborted)
        co_await refuse(http::refusals::timeout);
    else
        ++core_.malformed_requests;
    co_return false;
}

// Between header and body: the handler may refuse before a byte of the body is read.
asio::awaitable<bool> Connection::admit() {
    in_body_ = true;
    body_begun_ = steady_clock::now();
    give_time_for(0);
    http::Request& request = parser_.request();
    request.peer_address = peer_address_;
    request.received = core_.clock();
    head_only_ = request.method == "HEAD";

    const std::optional<http::Response> refusal = judge_head();
    if (refusal) {
        co_await write(*refusal, false);
        co_return false;
    }
    if (!parser_.framing().expects_continue || parser_.body_started()) co_return true;
    const std::array<asio::const_buffer, 2> line = {asio::buffer(continue_line)};
    const auto [ec, written] = co_await stream_->write(line);
    co_return !ec;
}

// A body must be whole in time, and until then arrive at a rate: a byte a second, each in time, would hold the
// connection and its buffer for as long as the whole request may take.
void Connection::give_time_for(std::size_t received) {
    body_received_ += received;
    deadline = begun_ + limits_->request_timeout;
    if (!limits_->slowest_body) return;
    const std::chrono::seconds earned(body_received_ / limits_->slowest_body->count);
    deadline = std::min(deadline, body_begun_ + limits_->body_grace + earned);
}

std::optional<http::Response> Connection::judge_head() {
    try {
        return core_.handler.refuse(parser_.request());
    } catch (const std::exception& failure) {
        report(failure.what());
    } catch (...) {
        report("unknown");
    }
    return internal_error();
}

asio::awaitable<http::Response> Connection::answer() {
    try {
        auto turn = my_turn();
        co_await std::move(turn);
        http::Request request = std::move(parser_.request());
        co_return co_await core_.handler.handle(std::move(request));
    } catch (const std::exception& failure) {
        report(failure.what());
    } catch (...) {
        report("unknown");
    }
    co_return internal_error();
}

asio::awaitable<bool> Connection::write(const http::Response& response, bool keep_alive) {
    http::AnswerFrame frame;
    const std::string date = http::http_date(core_.clock());
    frame.date = date;
    frame.keep_alive = keep_alive;
    frame.say_keep_alive = parser_.version() == http::Version::Http10;
    out_.clear();
    append_head(out_, response, frame);
    const bool with_body = http::status_allows_body(response.status) && !head_only_;
    const std::array<asio::const_buffer, 2> bytes = {asio::buffer(out_),
                                                     with_body ? asio::buffer(response.body) : asio::const_buffer()};
    deadline = steady_clock::now() + limits_->write_timeout;
    const auto [ec, written] = co_await stream_->write(bytes);
    linger_wanted_ = !ec && !keep_alive;
    co_return !ec;
}

asio::awaitable<void> Connection::refuse(http::Refusal refusal) {
    ++core_.malformed_requests;
    if (core_.logger.enabled(LogLevel::Debug))
        core_.logger.debug("refused a malformed request", {{"code", std::string(refusal.code)}});
    core_.handler.refused_by_connection(refusal);
    const http::Response response = refusal == http::refusals::no_room ? busy() : to_response(refusal);
    co_await write(response, false);
}

asio::awaitable<void> Connection::linger() {
    deadline = steady_clock::now() + linger_time;
    co_await stream_->end_sending();
    constexpr std::size_t piece = 16 * 1024;
    out_.resize(piece);
    const auto room = asio::buffer(out_);
    for (std::size_t left = linger_bytes; left > 0;) {
        const auto [ec, received] = co_await socket_.async_read_some(room, as_result);
        if (ec) co_return;
        left -= std::min(left, received);
    }
}

void Connection::report(const char* what) {
    core_.logger.error("a handler failed; the request was answered with status 500", {{"what", what}});
}

}  // namespace

asio::awaitable<void> serve_connection(tcp::socket socket, std::shared_ptr<ServerCore> core,
                                       std::shared_ptr<LiveConnections> siblings, Place place) {
    try {
        const Place held = std::move(place);
        Connection connection(std::move(socket), *core, siblings->context());
        siblings->add(connection);
        co_await connection.run();
    } catch (const std::exception& failure) {
        core->logger.error("a connection ended by an exception", {{"what", failure.what()}});
    }
}

}  // namespace pinrelay::net
