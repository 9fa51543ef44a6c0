#pragma once

#include <string_view>

namespace pinrelay::destinations::pinterest {

// Finds personal data in plain text. The relay stores and sends Pinterest's fields for names and ids as they are;
// personal data in plain text must reach neither the disk nor Pinterest.

// Whether the text holds an e-mail address, percent-encoded or not. "@user", "pkg@1.2.3" and "@37.7,-122.4" are no
// addresses.
bool holds_email(std::string_view text);

// Whether the text holds a phone number in international form, percent-encoded or not: a '+' by itself, then 9 to 15
// digits, grouped or not. "+37.7749" and "C++17" are no numbers.
bool holds_phone(std::string_view text);

// The same of the text as it is, without decoding: for callers that decode once for several such questions.
bool shows_email(std::string_view text);
bool shows_phone(std::string_view text);

}  // namespace pinrelay::destinations::pinterest
