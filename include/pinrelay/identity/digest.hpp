#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pinrelay::identity {

// SHA-256 as 64 lower-case hex characters, by OpenSSL's EVP with the digest fetched once. Thread-safe.
std::string sha256_hex(std::string_view text);

// The digest in lower-case hex where the text already is one: 64 hex characters of any case, or 43 base64url
// characters (44 with '=', '+' and '/' taken too) of 32 bytes; spaces around it are passed over.
std::optional<std::string> existing_digest(std::string_view text);

}  // namespace pinrelay::identity
