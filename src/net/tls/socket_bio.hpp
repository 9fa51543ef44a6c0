#pragma once

#include <openssl/bio.h>

#include <string>

namespace pinrelay::net {

// Where a TLS session's bytes come from and go to.
struct SocketBytes {
    int socket = -1;
    std::string received;  // off the socket before TLS began, and not taken yet
};

// OpenSSL's view of it; `bytes` is lent and outlives it. Never waits, and, unlike OpenSSL's own for sockets, raises no
// SIGPIPE and gives first what was received before.
BIO* make_socket_bio(SocketBytes& bytes);

}  // namespace pinrelay::net
