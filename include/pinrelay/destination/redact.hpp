#pragma once

#include <string>
#include <string_view>

#include "pinrelay/core/secret.hpp"

namespace pinrelay::destination {

// A platform's own words, made safe for logs and dead letters. Valid UTF-8 of at most 500 bytes. Pure. Removes:
// - the account's token, and other opaque runs of 20 token-like characters or more (echoed tokens, digests, click ids);
// - texts that look like an e-mail address, a phone number or an IP address;
// - bytes that could control a terminal.
// Plain words and snake_case key names stay.
std::string redact(std::string_view text, const Secret& token);

}  // namespace pinrelay::destination
