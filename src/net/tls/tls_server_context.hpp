#pragma once

#include <openssl/ssl.h>

#include <memory>

#include "pinrelay/net/tls_identity.hpp"

namespace pinrelay::net {

// Any object of OpenSSL's, freed by its own function.
template <auto free>
struct OpenSslFree {
    template <class T>
    void operator()(T* object) const noexcept {
        free(object);
    }
};
using TlsSession = std::unique_ptr<SSL, OpenSslFree<SSL_free>>;

// A session of the server's side, not begun.
TlsSession new_session(const TlsIdentity& identity);

}  // namespace pinrelay::net
