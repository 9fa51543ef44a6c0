#include "mock_pinterest.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <cstdio>
#include <exception>
#include <optional>
#include <stdexcept>
#include <thread>

#include "endpoint.hpp"
#include "mock_pinterest/connection/certificate.hpp"
#include "mock_pinterest/connection/session.hpp"
#include "mock_pinterest/journal/journal.hpp"

namespace pinrelay::mock {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// "127.0.0.1:8080", "[::1]:0", "localhost:8443"
tcp::endpoint parse_address(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    std::uint16_t port = 0;
    bool good = colon != std::string::npos;
    if (good) {
        const auto [end, error] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
        good = error == std::errc{} && end == text.data() + text.size();
    }
    std::string host = text.substr(0, good ? colon : 0);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    boost::system::error_code failed;
    const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, failed);
    if (!good || failed) throw std::runtime_error("not an address and port to listen on: \"" + text + "\"");
    return {address, port};
}

std::string url_of(const tcp::endpoint& endpoint, bool tls) {
    std::string host = endpoint.address().to_string();
    if (endpoint.address().is_unspecified()) host = endpoint.address().is_v6() ? "::1" : "127.0.0.1";
    if (endpoint.address().is_v6()) host = "[" + host + "]";
    return (tls ? "https://" : "http://") + host + ":" + std::to_string(endpoint.port());
}

asio::ssl::context make_tls_context(const TlsOptions& options, const KeyPair& identity) {
    asio::ssl::context context(asio::ssl::context::tls_server);
    context.use_certificate_chain(asio::buffer(identity.certificate_pem));
    context.use_private_key(asio::buffer(identity.key_pem), asio::ssl::context::pem);
    SSL_CTX* const native = context.native_handle();
    if (options.old_protocol) {
        // Debian's security level refuses these protocols, its own tests included, unless it is lowered.
        SSL_CTX_set_cipher_list(native, "DEFAULT:@SECLEVEL=0");
        SSL_CTX_set_min_proto_version(native, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(native, TLS1_1_VERSION);
    } else {
        SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    }
    return context;
}

// No exception of a session ends the server; a client that went away is no news.
void after_session(std::exception_ptr failure) {
    if (!failure) return;
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error&) {
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "pinterest-mock: a session failed: %s\n", problem.what());
    }
}

}  // namespace

struct MockPinterest::Server {
    explicit Server(Options given);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    void listen();
    asio::awaitable<void> accept();
    void run();

    const Options options;
    Journal journal;
    ScriptPlayer script;
    Endpoint endpoint;
    KeyPair authority;
    std::optional<asio::ssl::context> tls;
    std::string url;
    std::uint16_t port = 0;
    // Destroyed before what sessions use: with it go all coroutines that are still waiting.
    asio::io_context context{1};
    tcp::acceptor acceptor{context};
    std::thread thread;
};

MockPinterest::Server::Server(Options given)
    : options(std::move(given)), journal(options), script(options.script), endpoint(options, journal, script) {
    if (options.tls) {
        authority = options.tls->ca_store ? stored_authority(*options.tls->ca_store) : make_authority();
        tls = make_tls_context(*options.tls, make_identity(options.tls->certificate, options.tls->hosts, authority));
    }
    listen();
    asio::co_spawn(context, accept(), after_session);
    thread = std::thread([this] { run(); });
}

MockPinterest::Server::~Server() {
    context.stop();
    thread.join();
}

void MockPinterest::Server::listen() {
    const tcp::endpoint address = parse_address(options.listen);
    boost::system::error_code failed;
    acceptor.open(address.protocol(), failed);
    if (!failed) acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed) acceptor.bind(address, failed);
    if (!failed) acceptor.listen(tcp::acceptor::max_listen_connections, failed);
    if (failed) throw std::runtime_error("cannot listen on " + options.listen + ": " + failed.message());
    port = acceptor.local_endpoint().port();
    url = url_of(acceptor.local_endpoint(), options.tls.has_value());
}

asio::awaitable<void> MockPinterest::Server::accept() {
    constexpr std::chrono::milliseconds rest{50};
    for (std::uint64_t number = 1;; ++number) {
        boost::system::error_code failed;
        tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, failed));
        if (failed) {
            // Most likely out of descriptors: let some sessions end first.
            asio::steady_timer timer(context, rest);
            co_await timer.async_wait(asio::use_awaitable);
            continue;
        }
        const SessionContext shared{endpoint, journal, script, options, tls ? &*tls : nullptr};
        asio::co_spawn(context, serve(std::move(socket), shared, number), after_session);
    }
}

void MockPinterest::Server::run() {
    for (;;) {
        try {
            context.run();
            return;
        } catch (const std::exception& problem) {
            std::fprintf(stderr, "pinterest-mock: %s\n", problem.what());
        }
    }
}

MockPinterest::MockPinterest(Options options) : server_(std::make_unique<Server>(std::move(options))) {}
MockPinterest::~MockPinterest() = default;

const std::string& MockPinterest::url() const noexcept { return server_->url; }
std::uint16_t MockPinterest::port() const noexcept { return server_->port; }
const std::string& MockPinterest::ca_pem() const noexcept { return server_->authority.certificate_pem; }
void MockPinterest::play(Script script) { server_->script.replace(std::move(script)); }
std::vector<RequestRecord> MockPinterest::requests() const { return server_->journal.requests(); }
std::vector<EventRecord> MockPinterest::events() const { return server_->journal.events(); }
Summary MockPinterest::summary() const { return server_->journal.summary(); }
bool MockPinterest::wait_for_events(std::uint64_t count, std::chrono::milliseconds timeout) const {
    return server_->journal.wait_for_events(count, timeout);
}
bool MockPinterest::wait_for_requests(std::uint64_t count, std::chrono::milliseconds timeout) const {
    return server_->journal.wait_for_requests(count, timeout);
}

}  // namespace pinrelay::mock
