#pragma once

#include <string>
#include <vector>

#include "mock_pinterest/options.hpp"

namespace pinrelay::mock {

// A certificate and its key, both PEM.
struct KeyPair {
    std::string certificate_pem;
    std::string key_pem;
};

// A fresh certificate authority, valid for ten years. Throws std::runtime_error where OpenSSL fails.
KeyPair make_authority();

// The authority kept in `file`, made and written there (mode 0600) if the file does not exist yet.
// Throws std::runtime_error for a file that cannot be read or written.
KeyPair stored_authority(const std::string& file);

// A server's certificate of the kind asked for. A good one is signed by `authority` and names localhost, 127.0.0.1, ::1
// and `hosts` (names or addresses).
KeyPair make_identity(Certificate kind, const std::vector<std::string>& hosts, const KeyPair& authority);

}  // namespace pinrelay::mock
