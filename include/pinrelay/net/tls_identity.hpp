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

// A certificate chain and its key, for the server's side of TLS handshakes: TLS 1.2 or later, only ECDHE and AEAD
// ciphers, HTTP/1.1, no renegotiation. Immutable, so safe on any thread. A connection needs the identity only to begin.
// A session ticket is valid only for the identity that issued it.
class TlsIdentity {
public:
    // Reads PEM files: the server's certificate followed by its issuers', and a key without a passphrase. Both may be
    // in one file. Throws TlsIdentityError.
    static std::shared_ptr<const TlsIdentity> load(const std::string& certificate_file, const std::string& key_file);

    // The end of the server certificate's validity.
    virtual Time expires() const noexcept = 0;

    virtual ~TlsIdentity() = default;
};

}  // namespace pinrelay::net
