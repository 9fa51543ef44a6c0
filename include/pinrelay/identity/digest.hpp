#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pinrelay::identity {

// SHA-256 as 64 lower-case hex characters, by OpenSSL's EVP with the digest fetched once. Thread-safe. Throws
// std::runtime_error where OpenSSL offers no SHA-256, which the first call, at start-up, shows.
std::string sha256_hex(std::string_view text);

// The digest in lower-case hex where the text already is one: 64 hex characters of any case, or 43 base64url
// characters (44 with '=', '+' and '/' taken too) of exactly 32 bytes; blanks around it are passed over. Thread-safe.
std::optional<std::string> existing_digest(std::string_view text);

}  // namespace pinrelay::identity
