#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/per_second.hpp"
#include "pinrelay/http/networks.hpp"
#include "pinrelay/net/tls_identity.hpp"

namespace pinrelay::net {

// What a server accepts, and how long it waits. Plain data. Progress does not extend a timeout.
struct ServerLimits {
    std::size_t header_bytes = 16 * 1024;  // the request line and all fields
    std::size_t header_fields = 128;
    std::size_t body_bytes = 1024 * 1024;
    std::size_t connections = 10'000;              // over all workers; the server closes one more at once
    std::size_t connections_per_client = 10'000;   // see http::ClientNetworks; trusted proxies are not counted
    std::size_t requests_per_connection = 10'000;  // the server closes the connection after the last answer
    std::size_t unfinished_bytes = std::size_t{256} * 1024 * 1024;  // of bodies above 4 KiB on their way, both ways
    std::size_t unfinished_bytes_per_client = std::size_t{16} * 1024 * 1024;  // as connections_per_client
    std::optional<PerSecond> slowest_body{};  // bytes, after `body_grace`; nothing: any rate
    std::chrono::milliseconds body_grace{5'000};
    std::chrono::milliseconds header_timeout{10'000};   // from the accept or the first byte; includes the handshake
    std::chrono::milliseconds request_timeout{30'000};  // header and body, from the same moment
    std::chrono::milliseconds write_timeout{30'000};    // one answer
    std::chrono::milliseconds idle_timeout{65'000};     // between two requests of a kept-alive connection
    http::Networks trusted_proxies;
    bool proxy_protocol = false;  // each connection of a trusted proxy begins with a PROXY header, version 1 or 2
    std::shared_ptr<const TlsIdentity> tls;  // null: plain HTTP; TLS begins after the PROXY header
};

// How a TLS handshake ended.
enum class Handshake { Done, TimedOut, Closed, NotTls, Unsupported, CertificateRefused, Failed, TooMany };

// The metric label of each outcome. The row of an outcome is at `index_of` that outcome.
struct HandshakeName {
    Handshake outcome;
    std::string_view name;
};
inline constexpr std::array handshake_names = {
    HandshakeName{Handshake::Done, "done"},
    HandshakeName{Handshake::TimedOut, "timeout"},
    HandshakeName{Handshake::Closed, "closed"},
    HandshakeName{Handshake::NotTls, "not_tls"},
    HandshakeName{Handshake::Unsupported, "unsupported"},
    HandshakeName{Handshake::CertificateRefused, "certificate_refused"},
    HandshakeName{Handshake::Failed, "failed"},
    HandshakeName{Handshake::TooMany, "client_rate"},  // not begun: Handler::admits_handshake
};
constexpr std::size_t index_of(Handshake outcome) noexcept { return static_cast<std::size_t>(outcome); }

// Counts since the server began, for metrics. `connections` is the number of open ones.
struct ServerStats {
    std::size_t connections = 0;
    std::size_t refused_connections = 0;                           // over `ServerLimits::connections`
    std::size_t refused_clients = 0;                               // over `ServerLimits::connections_per_client`
    std::size_t malformed_requests = 0;                            // ended before a handler saw them
    std::array<std::size_t, handshake_names.size()> handshakes{};  // by `index_of` the outcome
    std::optional<Time> certificate_expires{};                     // of the certificate for new connections
};

}  // namespace pinrelay::net
