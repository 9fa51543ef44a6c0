#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pinrelay::identity {

// Throws std::runtime_error if OpenSSL offers no SHA-256. Call it once at start-up: later calls of `sha256_hex` then
// fail only when memory runs out. Thread-safe.
void require_sha256();

// SHA-256 as 64 lower-case hex characters. Throws std::runtime_error if OpenSSL cannot compute it. Thread-safe.
std::string sha256_hex(std::string_view text);

// The digest in lower-case hex where the text already is one: 64 hex characters of any case, or 43 base64url
// characters (44 with '=', '+' and '/' taken too) of exactly 32 bytes; blanks around it are passed over. Thread-safe.
std::optional<std::string> existing_digest(std::string_view text);

}  // namespace pinrelay::identity
