#pragma once

#include <boost/asio/ssl/context.hpp>
#include <optional>
#include <string>

#include "origin.hpp"

namespace pinrelay::net {

// TLS 1.2 or later. The bundle in `ca_file`, else the system's, verifies the peer's chain. Throws std::runtime_error
// that names the file if the file cannot be read.
boost::asio::ssl::context make_tls_context(const std::optional<std::string>& ca_file);

// Makes the handshake fail unless the certificate is for this host, name or address. Sends the name along (SNI).
void expect_host(SSL* session, const Origin& origin);

// What OpenSSL held against the peer's certificate in the last handshake, in its words. Nothing when it had nothing.
std::optional<std::string> certificate_problem(SSL* session);

}  // namespace pinrelay::net
