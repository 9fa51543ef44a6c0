#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::net {

// Why an identity cannot be used, in one sentence that names the file.
class TlsIdentityError : public std::runtime_error {
public:
    enum class File { Certificate, Key };

    TlsIdentityError(File wrong, const std::string& sentence) : std::runtime_error(sentence), file(wrong) {}

    File file;
};

// A certificate chain and its key, with which a server answers TLS handshakes: TLS 1.2 or later, ECDHE and AEAD only,
// HTTP/1.1, no renegotiation. Immutable, so any number of threads may use it; a connection that has begun needs it no
// more. Session tickets hold for the identity that gave them.
class TlsIdentity {
public:
    // PEM, both: the server's certificate first and then its issuers', and a key without a passphrase. One file may
    // hold all. Throws TlsIdentityError.
    static std::shared_ptr<const TlsIdentity> load(const std::string& certificate_file, const std::string& key_file);

    // When the server's certificate ends.
    virtual Time expires() const noexcept = 0;

    virtual ~TlsIdentity() = default;
};

}  // namespace pinrelay::net
