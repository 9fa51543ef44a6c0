#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pinrelay::decode {

// The first address in a text that a visitor can have, in canonical form. Senders write it bare, with a port
// ("203.0.113.9:51724", "[2001:db8::1]:443"), in brackets, or as the list that `X-Forwarded-For` is ("203.0.113.9,
// 10.0.0.4"). Nothing for private, loopback and reserved ones, and for anything else.
std::optional<std::string> visitor_address(std::string_view text);

// Why a text that holds none is of no use, for people: "is a private address (10.0.0.4)". Only an address of a kind
// that nobody is known by is repeated.
std::string why_no_visitor_address(std::string_view text);

}  // namespace pinrelay::decode
