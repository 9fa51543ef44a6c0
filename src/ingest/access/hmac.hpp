#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/core/secret.hpp"

namespace pinrelay::ingest {

// HMAC-SHA-256 in lower-case hex, 64 characters; nothing where OpenSSL cannot. Any thread.
std::optional<std::string> hmac_hex(const Secret& key, std::string_view text);

// Whether the texts are equal, in a time that shows nothing of the place of a difference.
bool same_secret(std::string_view a, std::string_view b) noexcept;

// Whether the text is one of the list. All are compared, whichever fits.
bool is_one_of(const std::vector<std::string>& list, std::string_view text) noexcept;

}  // namespace pinrelay::ingest
