#include "connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
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

// Between two queries for a piece of an answer that goes on.
constexpr std::chrono::milliseconds piece_pause{100};

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

using Bytes = std::array<asio::const_buffer, 2>;

Bytes without_first(Bytes bytes, std::size_t count) {
    const std::size_t of_first = std::min(count, bytes[0].size());
    bytes[0] += of_first;
    bytes[1] += count - of_first;
    return bytes;
}

http::Response internal_error() {
    return http::error_response(500, "internal_error", "", "the request could not be processed");
}

http::Response busy() {
    http::Response response = to_response(http::refusals::no_room);
    response.headers.emplace_back("Retry-After", retry_after);
    return response;
}

// The usual request is read, answered and written in serve() itself: each coroutine more costs as much as parsing the
// header. What is rare has its own.
class Connection final : public LiveConnection {
public:
    Connection(tcp::socket socket, ServerCore& core, LiveConnections& siblings)
        : socket_(std::move(socket)),
          core_(core),
          siblings_(siblings),
          turn_order_(client_turns(siblings.context())),
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
    enum class Step {
        Read,    // more bytes
        Invite,  // the body of a client that waits for "100 Continue"
        Answer,  // a whole request
        Close,   // after `last_words_`, if any
    };
    Step next_step();
    Step step_after(Transferred read);
    Step admit();
    Step refuse(http::Refusal refusal);

    asio::awaitable<void> serve();
    asio::awaitable<bool> begin();
    asio::awaitable<void> my_turn();
    asio::awaitable<bool> read_proxy();
    asio::awaitable<bool> shake_hands();
    asio::awaitable<Step> invite();
    asio::awaitable<void> write_last_words();
    asio::awaitable<void> write_pieces(http::Response response);
    std::optional<std::string> next_piece();
    bool peer_has_gone();
    asio::awaitable<void> linger();
    bool may_wait();
    Bytes frame(const http::Response& response, bool keep_alive, bool is_open = false);
    void report_failure();
    bool admits_handshake();
    void set_peer(const asio::ip::address& canonical_address, bool is_proxy) {
        peer_ = canonical_address;
        peer_address_ = http::to_text(peer_);
        const http::ClientNetworks networks = http::client_networks(peer_);
        turns_ = is_proxy ? std::nullopt : std::optional(networks.keys[networks.count - 1]);
        body_room_.belong_to(is_proxy ? std::nullopt : std::optional(networks));
    }
    void begin_request(SteadyTime now);
    void give_time_for(std::size_t received);
    void report(const char* what);

    tcp::socket socket_;
    ServerCore& core_;
    LiveConnections& siblings_;
    ClientTurns& turn_order_;
    const std::shared_ptr<const ServerLimits> limits_;
    PlainStream plain_{socket_};
    std::unique_ptr<TlsStream> tls_;
    Stream* stream_ = &plain_;  // either
    http::RequestParser parser_;
    Notes notes_;  // of the handler, about the current request
    std::optional<http::Response> last_words_;
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
    auto beginning = begin();
    if (!co_await std::move(beginning)) co_return;
    auto serving = serve();
    co_await std::move(serving);
    if (last_words_) {
        auto writing = write_last_words();
        co_await std::move(writing);
    }
    if (linger_wanted_) {
        auto lingering = linger();
        co_await std::move(lingering);
    }
}

asio::awaitable<bool> Connection::begin() {
    ErrorCode gone;
    socket_.set_option(tcp::no_delay(true), gone);
    socket_.non_blocking(true, gone);
    const auto peer = socket_.remote_endpoint(gone);
    if (gone) co_return false;
    const auto address = http::canonical(peer.address());
    const bool is_proxy = limits_->trusted_proxies.contains(address);
    set_peer(address, is_proxy);
    auto turn = my_turn();  // connections that come and go cost as much as requests
    co_await std::move(turn);
    begun_ = steady_clock::now();
    deadline = begun_ + limits_->header_timeout;
    if (limits_->proxy_protocol && is_proxy && !co_await read_proxy()) co_return false;
    if (limits_->tls && (!admits_handshake() || !co_await shake_hands())) co_return false;
    co_return true;
}

asio::awaitable<void> Connection::serve() {
    for (Step step = next_step(); step != Step::Close;) {
        if (step == Step::Read) {
            if (!may_wait()) co_return;
            const asio::mutable_buffer room = parser_.prepare();
            if (tls_) {
                step = step_after(co_await tls_->read_some(room));
            } else {
                auto reading = plain_.reading(room);
                step = step_after(co_await std::move(reading));
            }
            continue;
        }
        if (step == Step::Invite) {
            step = co_await invite();
            continue;
        }
        if (turns_ && !begin_turn(turn_order_, *turns_)) co_await wait_for_turn(turn_order_, *turns_);
        http::Response response;
        try {
            auto answering = core_.handler.handle(parser_.request(), notes_);
            response = co_await std::move(answering);
        } catch (...) {
            report_failure();
            response = internal_error();
        }
        body_room_.release();
        if (notes_ && notes_->pieces && !head_only_) {
            auto writing = write_pieces(std::move(response));
            co_await std::move(writing);
            co_return;
        }
        // Its client may leave a long answer unread for as long as a write may take. What it says is said again.
        if (!body_room_.grow_to(response.body.capacity(), *limits_)) response = busy();
        const bool keep_alive =
            parser_.keep_alive() && !core_.draining && ++requests_ < limits_->requests_per_connection;
        const Bytes bytes = frame(response, keep_alive);
        auto [ec, written] = tls_ ? Transferred() : plain_.write_now(bytes);
        if (!ec && written < asio::buffer_size(bytes)) {
            const Bytes rest = without_first(bytes, written);
            std::tie(ec, written) = co_await stream_->write(rest);
        }
        linger_wanted_ = !ec && !keep_alive;
        if (ec || !keep_alive) co_return;
        body_room_.release();
        notes_.reset();
        parser_.next();
        begin_request(steady_clock::now());
        // The other connections' turn: a client that sends ahead must not have the worker for itself.
        if (parser_.started()) co_await asio::post(siblings_.context(), asio::use_awaitable);
        step = next_step();
    }
}

asio::awaitable<void> Connection::my_turn() {
    if (!turns_) co_return;
    auto turn = next_turn(turn_order_, *turns_);
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
void Connection::begin_request(SteadyTime now) {
    first_request_ = false;
    head_only_ = false;
    in_body_ = false;
    body_received_ = 0;
    begun_ = now;
    deadline = begun_ + (parser_.started() ? limits_->header_timeout : limits_->idle_timeout);
}

// Pulls the parser on until it needs something of somebody else.
Connection::Step Connection::next_step() {
    using Progress = http::RequestParser::Progress;
    while (true) {
        switch (parser_.advance()) {
            case Progress::NeedMore: return Step::Read;
            case Progress::Refused: return refuse(parser_.refusal());
            case Progress::Complete: deadline = never; return Step::Answer;
            case Progress::Head: break;
        }
        const Step step = admit();
        if (step != Step::Answer) return step;
    }
}

// Whether a read may begin, and wait.
bool Connection::may_wait() {
    waiting_ = true;
    return !core_.draining || !idle();
}

Connection::Step Connection::step_after(Transferred read) {
    const auto [ec, received] = read;
    const bool already_started = parser_.started();
    waiting_ = false;
    if (ec) {
        if (!already_started) return Step::Close;  // an idle connection ended, by whichever side
        if (ec == asio::error::operation_aborted) return refuse(http::refusals::timeout);
        ++core_.malformed_requests;
        return Step::Close;
    }
    if (received == 0) return Step::Read;
    // Where bytes keep coming, the look at all connections may find no read that waits.
    if (already_started && steady_clock::now() >= deadline) return refuse(http::refusals::timeout);
    parser_.commit(received);
    if (in_body_) {
        give_time_for(received);
        if (!body_room_.grow_to(body_received_, *limits_)) return refuse(http::refusals::no_room);
    }
    if (!already_started && !first_request_) begin_request(steady_clock::now());
    return next_step();
}

// Between header and body: the handler may refuse before a byte of the body is read. Step::Answer: the body may come.
Connection::Step Connection::admit() {
    in_body_ = true;
    body_begun_ = steady_clock::now();
    give_time_for(0);
    http::Request& request = parser_.request();
    request.peer_address = peer_address_;
    request.received = core_.clock();
    head_only_ = request.method == "HEAD";
    try {
        last_words_ = core_.handler.refuse(request, notes_);
    } catch (...) {
        report_failure();
        last_words_ = internal_error();
    }
    if (last_words_) return Step::Close;
    return parser_.framing().expects_continue && !parser_.body_started() ? Step::Invite : Step::Answer;
}

asio::awaitable<Connection::Step> Connection::invite() {
    const Bytes line = {asio::buffer(continue_line)};
    const auto [ec, written] = co_await stream_->write(line);
    co_return ec ? Step::Close : next_step();
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

// The bytes of an answer, from which the time for writing them begins.
Bytes Connection::frame(const http::Response& response, bool keep_alive, bool is_open) {
    const auto now = steady_clock::now();
    http::AnswerFrame frame;
    frame.date = siblings_.date().at(now, core_.clock);
    frame.keep_alive = keep_alive;
    frame.is_open = is_open;
    frame.say_keep_alive = parser_.version() == http::Version::Http10;
    out_.clear();
    append_head(out_, response, frame);
    deadline = now + limits_->write_timeout;
    const bool with_body = http::status_allows_body(response.status) && !head_only_;
    return {asio::buffer(out_), with_body ? asio::buffer(response.body) : asio::const_buffer()};
}

Connection::Step Connection::refuse(http::Refusal refusal) {
    ++core_.malformed_requests;
    if (core_.logger.enabled(LogLevel::Debug))
        core_.logger.debug("refused a malformed request", {{"code", std::string(refusal.code)}});
    core_.handler.refused_by_connection(refusal);
    last_words_ = refusal == http::refusals::no_room ? busy() : to_response(refusal);
    return Step::Close;
}

asio::awaitable<void> Connection::write_last_words() {
    const Bytes bytes = frame(*last_words_, false);
    const auto [ec, written] = co_await stream_->write(bytes);
    linger_wanted_ = !ec;
}

// The drain ends it, and so does a client that reads nothing for as long as one write may take.
asio::awaitable<void> Connection::write_pieces(http::Response response) {
    asio::steady_timer pause(siblings_.context());
    const Bytes head = frame(response, false, true);
    auto [ec, written] = co_await stream_->write(head);
    while (!ec && !core_.draining && !peer_has_gone()) {
        const std::optional<std::string> piece = next_piece();
        if (!piece) break;
        if (!piece->empty()) {
            deadline = steady_clock::now() + limits_->write_timeout;
            const Bytes bytes = {asio::buffer(*piece)};
            std::tie(ec, written) = co_await stream_->write(bytes);
        }
        deadline = never;
        pause.expires_after(piece_pause);
        co_await pause.async_wait(as_result);
    }
    linger_wanted_ = !ec;
}

std::optional<std::string> Connection::next_piece() {
    try {
        return notes_->pieces->next();
    } catch (const std::exception& failure) {
        core_.logger.error("an answer that goes on ended by an exception", {{"what", failure.what()}});
        return std::nullopt;
    }
}

bool Connection::peer_has_gone() {
    char unread = 0;
    ErrorCode ec;
    socket_.receive(asio::buffer(&unread, 1), tcp::socket::message_peek, ec);
    return ec && ec != asio::error::would_block;
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

// Of the exception that is being handled.
void Connection::report_failure() {
    try {
        throw;
    } catch (const std::exception& failure) {
        report(failure.what());
    } catch (...) {
        report("unknown");
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
        Connection connection(std::move(socket), *core, *siblings);
        siblings->add(connection);
        co_await connection.run();
    } catch (const std::exception& failure) {
        core->logger.error("a connection ended by an exception", {{"what", failure.what()}});
    }
}

}  // namespace pinrelay::net
