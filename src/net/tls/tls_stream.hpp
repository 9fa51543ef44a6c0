#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "net/stream.hpp"
#include "pinrelay/net/server_limits.hpp"
#include "pinrelay/net/tls_identity.hpp"

namespace pinrelay::net {

// The server's side of TLS. Its end tells the peer so as far as that needs no waiting.
class TlsStream : public Stream {
public:
    // Before anything else. Ends also when it finds `stop`, between two flights; then, and when the socket is
    // cancelled, it says TimedOut.
    virtual boost::asio::awaitable<Handshake> shake_hands(const std::atomic<bool>& stop) = 0;
};

// `received`: what came off the socket already. `socket` is lent and outlives it; the identity need not.
std::unique_ptr<TlsStream> make_tls_stream(boost::asio::ip::tcp::socket& socket, const TlsIdentity& identity,
                                           std::string received);

}  // namespace pinrelay::net
