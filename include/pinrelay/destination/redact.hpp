#pragma once

#include <string>
#include <string_view>

#include "pinrelay/core/secret.hpp"

namespace pinrelay::destination {

// A platform's own words made fit for logs and dead letters: without the account's token, without other opaque runs
// of 20 token-like characters or more (tokens echoed back, digests, click ids), without anything that looks like an
// e-mail address, a phone or an IP address, without what could steer a terminal, valid UTF-8, and at most 500 bytes
// long. Plain words and snake_case key names stay.
std::string redact(std::string_view text, const Secret& token);

}  // namespace pinrelay::destination
