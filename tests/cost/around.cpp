#include "around.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "fixtures/fake_destination.hpp"
#include "fixtures/silent_logger.hpp"
#include "net/server/client_turns.hpp"
#include "net/server/date_text.hpp"
#include "pinrelay/http/request_parser.hpp"
#include "pinrelay/http/response_writer.hpp"
#include "pinrelay/ingest/collect_handler.hpp"

namespace pinrelay::test {
namespace asio = boost::asio;

namespace {

constexpr std::string_view request_text =
    "POST /collect HTTP/1.1\r\n"
    "Host: collect.shop.example\r\n"
    "User-Agent: Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4 Safari/605.1.15\r\n"
    "Accept: */*\r\n"
    "Accept-Language: en-US,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n"
    "Content-Type: text/plain;charset=UTF-8\r\n"
    "Content-Length: 38\r\n"
    "Origin: https://shop.example\r\n"
    "Referer: https://shop.example/\r\n"
    "Sec-Fetch-Dest: empty\r\n"
    "Sec-Fetch-Mode: cors\r\n"
    "Sec-Fetch-Site: same-site\r\n"
    "Connection: keep-alive\r\n"
    "\r\n"
    R"({"event":"page_view","event_id":"e-1"})";

// Answers at once that it has stored everything.
class NoSpool final : public spool::Spool {
public:
    void append(std::vector<spool::Arrival>, Checked done) override { done(spool::Duplicates()); }
    void check_duplicates(std::vector<spool::Arrival>, Checked checked) override { checked(spool::Duplicates()); }
    void lease(spool::LeaseRequest, Leased) override {}
    void settle(std::vector<spool::Settlement>, Done) override {}
    void expire(std::string, Time, std::string, std::string, std::size_t, Expired) override {}
    void on_append(std::function<void()>) override {}
    spool::Ledger ledger() const override { return {}; }
    spool::Waiting waiting(const std::string&) const override { return {}; }
    void close() override {}
};

std::unique_ptr<metrics::Metrics> make_metrics() {
    return metrics::make_metrics(
        {[] { return spool::Ledger(); }, [] { return metrics::ConnectionCounts(); }, [] { return Time(); }, "0"});
}

struct Relay {
    SilentLogger logger;
    NoSpool spool;
    FakeDestination destination{"fake"};
    watch::LiveEvents live;
    std::unique_ptr<metrics::Metrics> metrics = make_metrics();
    std::unique_ptr<ingest::ProofCounts> proofs = ingest::make_proof_counts();
    std::unique_ptr<ingest::LongBodies> long_bodies = ingest::make_long_bodies(logger);
    std::unique_ptr<net::Handler> handler;

    Relay() {
        ingest::CollectSettings settings;
        settings.allowed_origins = {"https://shop.example"};
        settings.requests_per_client = PerSecond{1'000'000};
        ingest::Route route{&destination, {}, {}, {}};
        handler =
            ingest::make_collect_handler(settings, {route}, spool, *metrics, *long_bodies, *proofs, logger, &live);
    }
    ~Relay() { long_bodies->stop(); }
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;
};

void receive(http::RequestParser& parser) {
    parser.commit(asio::buffer_copy(parser.prepare(), asio::buffer(request_text)));
    if (parser.advance() != http::RequestParser::Progress::Head) throw std::runtime_error("no header");
}

asio::awaitable<void> serve(asio::io_context& context, net::Handler& handler, std::size_t times, void (*warm)()) {
    constexpr http::ClientKey client = 1;
    auto& turns = net::client_turns(context);
    http::RequestParser parser({});
    net::DateText date;
    std::string out;
    for (std::size_t number = 0; number <= times; ++number) {
        receive(parser);
        parser.request().peer_address = "203.0.113.7";
        net::Notes notes;
        auto response = handler.refuse(parser.request(), notes);
        if (!response && parser.advance() == http::RequestParser::Progress::Complete) {
            auto turn = net::next_turn(turns, client);
            co_await std::move(turn);
            auto answering = handler.handle(parser.request(), notes);
            response = co_await std::move(answering);
        }
        if (!response || response->status != 204) throw std::runtime_error("an answer is not 204");
        http::AnswerFrame frame;
        frame.date = date.at(std::chrono::steady_clock::time_point(), [] { return Time(); });
        out.clear();
        append_head(out, *response, frame);
        parser.next();
        if (number == 0) warm();
    }
}

}  // namespace

void serve_requests(std::size_t times, void (*warm)()) {
    Relay relay;
    asio::io_context context{1};
    std::exception_ptr failure;
    asio::co_spawn(context, serve(context, *relay.handler, times, warm),
                   [&](std::exception_ptr thrown) { failure = std::move(thrown); });
    context.run();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace pinrelay::test
