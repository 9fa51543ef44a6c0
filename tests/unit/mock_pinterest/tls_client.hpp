#pragma once

#include <cstdint>
#include <string>

namespace pinrelay::mock::test {

// How a client that trusts one CA, and checks the name, fared.
struct Handshake {
    bool connected = false;
    long verify_result = 0;  // X509_V_…
    std::string answer;      // to `request`, when connected
};

struct TlsCall {
    std::uint16_t port = 0;
    std::string ca_pem{};
    std::string host = "localhost";
    std::string request{};
    bool allow_old_protocol = false;
};

Handshake connect_with_tls(const TlsCall& call);

}  // namespace pinrelay::mock::test
