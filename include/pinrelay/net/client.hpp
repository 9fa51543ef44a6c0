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

// Why a request has no answer. The codes answer the one question that a retry needs: can the peer have acted on the
// request?
enum class ClientErrc {
    NotSent = 1,  // no: resolving, connecting or the TLS handshake failed, and the peer saw no byte of the request
    CertificateRefused,  // no: the peer's certificate failed (chain, host name, expiry)
    Ambiguous,           // perhaps: a part was sent, and no readable answer came (reset, timeout, malformed answer)
};
const boost::system::error_category& client_category() noexcept;
inline ErrorCode make_error_code(ClientErrc e) noexcept { return {static_cast<int>(e), client_category()}; }

// A code with a reason for the log: "certificate has expired" has no code of its own.
struct Failure {
    ClientErrc code = ClientErrc::NotSent;
    std::string reason;
};

// Sends requests to one origin. Tests replace it by a script. Not thread-safe: use it on one executor.
class Client {
public:
    virtual ~Client() = default;

    // Sends the request and reads the whole answer. Any HTTP status is a success. `request.path` and `query` are
    // relative to the origin.
    //
    // Does not throw: each failure is a Failure with its ClientErrc. A request that cannot be written, such as one with
    // a line break in a header, is NotSent. Terminal cancellation ends the call early: NotSent before the first byte of
    // the request is written, Ambiguous later. The connection is closed then.
    virtual boost::asio::awaitable<boost::system::result<http::Response, Failure>> send(http::Request request) = 0;
};

struct ClientOptions {
    std::string origin;  // "https://api.pinterest.com" or, for loopback hosts only, "http://127.0.0.1:8081"
    std::optional<std::string> ca_file;  // PEM bundle; without it the system's certificates are trusted
    std::optional<Secret> proxy;         // "http://user:password@host:port"; ignored for an http origin
    std::string no_proxy;                // hosts reached without the proxy, in the form of curl's NO_PROXY
    std::chrono::milliseconds connect_timeout{10'000};  // resolve, connect, open the proxy's tunnel, shake hands
    std::chrono::milliseconds request_timeout{30'000};  // from the first byte sent to the last byte received
    std::chrono::milliseconds idle_timeout{50'000};     // a connection that rested longer is not used again
    std::size_t max_idle_connections = 8;
    std::size_t max_response_body = 8 * 1024 * 1024;  // an answer for 1,000 events with messages has about 300 KB
};

// Why an origin cannot be used: it must be https, or http on a loopback host. Nothing for an origin that can be used.
std::optional<std::string> problem_of_origin(const std::string& origin);

// Why the options' proxy cannot be used. The reason repeats nothing of the proxy's URL. Nothing for a proxy that can be
// used, or without one. Throws std::runtime_error for an origin with a problem.
std::optional<std::string> problem_of_proxy(const ClientOptions& options);

// The proxy on the way to the origin, "proxy.example:3128". Nothing for a direct connection. Throws std::runtime_error
// for an origin or a proxy with a problem.
std::optional<std::string> proxy_in_use(const ClientOptions& options);

// A client with TLS 1.2 or later. It verifies the certificate chain and the host name, sends the name (SNI), and keeps
// connections alive for reuse. Through a proxy the same TLS goes end to end, and only the proxy's name is resolved
// here.
//
// If the peer has closed a kept connection, the request goes over a new one. The client never sends a request a second
// time after it has written a byte of it.
//
// `context` is lent. Destroy the client when no send is pending, or when `context` no longer runs. Throws
// std::runtime_error for an origin or a proxy with a problem, and for a CA file that cannot be read.
std::unique_ptr<Client> make_tls_client(boost::asio::io_context& context, ClientOptions options);

}  // namespace pinrelay::net

template <>
struct boost::system::is_error_code_enum<pinrelay::net::ClientErrc> : std::true_type {};
