#pragma once

#include <string_view>

namespace pinrelay::destinations::pinterest {

// E-mail addresses and phones where none belong. Pinterest's fields for names and ids are sent and stored as they are,
// and nobody's clear text may reach the disk or Pinterest.

// Whether an e-mail address stands in the text, percent-encoded or not; "@user", "pkg@1.2.3" and "@37.7,-122.4" are
// none.
bool holds_email(std::string_view text);

// Whether a phone in international form stands in the text, percent-encoded or not: a '+' by itself, then 9 to 15
// digits, grouped or not. "+37.7749" and "C++17" are none.
bool holds_phone(std::string_view text);

}  // namespace pinrelay::destinations::pinterest
