#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "pinrelay/core/result.hpp"
#include "pinrelay/core/secret.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::net {

// What went wrong on the way, in the one distinction that retries need: could the peer have acted on the request?
enum class ClientErrc {
    NotSent = 1,         // resolving, connecting or the TLS handshake failed: the peer saw no byte of the request
    CertificateRefused,  // a NotSent whose cause is the peer's certificate (chain, host name, expiry)
    Ambiguous,           // sent, wholly or in part, and no readable answer came: reset, timeout, malformed answer
};
const boost::system::error_category& client_category() noexcept;
inline ErrorCode make_error_code(ClientErrc e) noexcept { return {static_cast<int>(e), client_category()}; }

// A failure with a reason for the log: an error code alone cannot carry "certificate has expired".
struct Failure {
    ClientErrc code = ClientErrc::NotSent;
    std::string reason;
};

// Sends requests to one origin. The seam that tests script. Not thread-safe: one executor.
class Client {
public:
    virtual ~Client() = default;

    // Any HTTP status is a success here. `request.path` and `query` are relative to the origin.
    virtual boost::asio::awaitable<boost::system::result<http::Response, Failure>> send(http::Request request) = 0;
};

struct ClientOptions {
    std::string origin;  // "https://api.pinterest.com" or, for loopback hosts only, "http://127.0.0.1:8081"
    std::optional<std::string> ca_file;  // PEM bundle; without it the system's certificates are trusted
    std::optional<Secret> proxy;         // "http://user:password@host:port"; ignored for an http origin
    std::string no_proxy;                // hosts reached without the proxy, in the form of curl's NO_PROXY
    std::chrono::milliseconds connect_timeout{10'000};  // resolve + connect + the proxy's tunnel + handshake
    std::chrono::milliseconds request_timeout{30'000};  // one absolute deadline from the first byte sent
    std::chrono::milliseconds idle_timeout{50'000};     // an idle connection older than this is not used again
    std::size_t max_idle_connections = 8;
    std::size_t max_response_body = 8 * 1024 * 1024;  // a 1,000-event answer with messages is about 300 KB
};

// Why an origin cannot be used: it must be https, or http on a loopback host. Nothing for an origin that can be used.
std::optional<std::string> problem_of_origin(const std::string& origin);

// Why the options' proxy cannot be used. The reason repeats nothing of the proxy's URL. Nothing for a proxy that can be
// used, or without one. Throws std::runtime_error for an origin with a problem.
std::optional<std::string> problem_of_proxy(const ClientOptions& options);

// The proxy on the way to the origin, "proxy.example:3128". Nothing for a direct connection. Throws std::runtime_error
// for an origin or a proxy with a problem.
std::optional<std::string> proxy_in_use(const ClientOptions& options);

// TLS 1.2 or later, certificate chain and host name verified, SNI, connections kept alive and reused. A request that
// meets a kept connection which the peer has closed meanwhile is sent on a new one; once a byte of it has been written
// it is never sent again by itself. Through a proxy the same TLS goes end to end, and no name but the proxy's own is
// resolved here. `context` must not run any more, or no send be pending, when the client is
// destroyed. Throws std::runtime_error at construction for an origin that is refused or a CA file that cannot be read.
std::unique_ptr<Client> make_tls_client(boost::asio::io_context& context, ClientOptions options);

}  // namespace pinrelay::net

template <>
struct boost::system::is_error_code_enum<pinrelay::net::ClientErrc> : std::true_type {};
