#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pinrelay::identity {

// Throws std::runtime_error if OpenSSL offers no SHA-256. Call it once at start-up: later calls of `sha256_hex` then
// fail only when memory runs out. Thread-safe.
void require_sha256();

// SHA-256 as 64 lower-case hex characters. Throws std::runtime_error if OpenSSL cannot compute it. Thread-safe.
std::string sha256_hex(std::string_view text);

// The same, written to that place.
inline constexpr std::size_t sha256_hex_size = 64;
void sha256_hex(std::string_view text, std::span<char, sha256_hex_size> hex);

// The digest as lower-case hex if the text already is a SHA-256; else nothing. Accepted are 64 hex characters in any
// case, 43 characters of base64url, and 44 characters of base64 in either alphabet with the '=' at the end. Outer
// blanks are ignored. Thread-safe.
std::optional<std::string> existing_digest(std::string_view text);

// Whether the text is made like a digest and is none of SHA-256: 32 or more hex characters, not digits alone, but not
// 64. MD5 has 32 and SHA-1 has 40. Thread-safe.
bool is_digest_of_other_length(std::string_view text) noexcept;

}  // namespace pinrelay::identity
