#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pinrelay/identity/normalised.hpp"

// Rules that clean personal data for hashing, the same for every destination. Each takes the sender's text and gives
// the text to hash, or the rule that the text breaks if there is nothing sensible to hash. Nothing, too, for invalid
// UTF-8 and for more than 1,000 bytes: no name, address or id of a person is that long. All functions are pure and
// thread-safe, and throw std::bad_alloc only.
namespace pinrelay::identity {

// Whether the text means "no value". These do:
//   an empty text or only blanks;
//   in any case of letters undefined, null, none, nil, nan, n/a, #n/a, not set, unset, unknown, anonymous, and some of
//   them in round brackets: "(not set)", "(not provided)";
//   "-", "--", "[]", "{}", "[object Object]" and the like;
//   a template that was not filled: "{{email}}";
//   an all-zero UUID or digest, and the SHA-256 of "", "undefined" and "null".
// "NA" does not, since it is Namibia's code, and "0" does not. Takes a text of any length.
bool is_absent(std::string_view text) noexcept;

// The trimmed text; nothing where it means "no value".
std::optional<std::string_view> present(std::string_view text) noexcept;

// The text without white space, control characters and invisible marks of Unicode at both ends: zero-width space and
// joiners, byte order mark, direction marks, soft hyphen. Takes any bytes and any length. A view into `text`.
std::string_view trim(std::string_view text) noexcept;

// The text in lower case and in NFC, so that two ways to type one name give one digest. The lower case is Unicode's by
// the root locale: İ becomes i̇, Σ at the end of a word becomes ς, ß stays.
std::optional<std::string> lower_nfc(std::string_view text);

// E-mail address: lower case, without white space and invisible marks, with one '@' inside. Nothing for a list, a
// display name or "mailto:".
Normalised email(std::string_view text);

// First or last name: trimmed, lower case. Nothing without a letter.
Normalised name(std::string_view text);

// "f", "m" or "n", from words of common languages.
Normalised gender(std::string_view text);

// YYYYMMDD. The year has four digits, is first or last, and is between 1900 and 2100; a time of day is ignored. With
// dots the day is before the month. With other separators a date is nothing if day and month could be exchanged.
Normalised birth_date(std::string_view text);

// City: letters of any script and digits, in lower case. Nothing without a letter.
Normalised city(std::string_view text);

// ISO 3166-1 alpha-2 in lower case, from alpha-2, alpha-3, the three digits of ISO 3166-1, a common alias ("UK"), or
// the name in English or one of some sixty other languages ("Deutschland", "Allemagne", "日本"). Several words are read
// if all name one country: "United Kingdom (UK)", "DE - Deutschland". Nothing for a name that means two countries.
// The first text that is neither a code nor English reads the names of all languages and takes some 40 milliseconds.
Normalised country(std::string_view text);

// Two-letter code in lower case, from "CA", "US-CA" or the English name of a US state or Canadian province. `country`
// is a text that `country()` reads, or "" if it is unknown. Nothing for longer codes ("NSW").
Normalised region(std::string_view text, std::string_view country);

// Postal code. In the US the first five digits; elsewhere letters and digits in lower case. `country` as for `region`.
Normalised postal_code(std::string_view text, std::string_view country);

// Trimmed, lower case. Nothing for "0", since shops give it to every guest.
Normalised external_id(std::string_view text);

// Trimmed. Nothing for "0".
Normalised external_id_exact(std::string_view text);

// UUID in lower case. Nothing for the all-zero id.
Normalised advertising_id(std::string_view text);

// E.164 with '+', by libphonenumber. `region` is a country as above, or "" if it is unknown.
//   National forms need `region`. Not so "+…", "00…", and eleven or more digits that are a valid number with a '+'.
//   Digits that begin with the country code of `region` and are a valid mobile number with a '+' are that number, even
//   if they could be a number inside the country as well: "4915123456789" in Germany.
//   Extensions are dropped. Numbers that nobody has been assigned ("555") are accepted.
//   Nothing for impossible numbers, for one digit repeated, and for more than 64 bytes or 20 digits: reading those is
//   slow.
// The first call reads the numbering plans and takes a few milliseconds.
Normalised phone(std::string_view text, std::string_view region);

// An IP address that a visitor can have, in canonical text; IPv4-mapped IPv6 becomes IPv4. Nothing for private,
// loopback, link-local, unspecified, multicast and reserved addresses, each with a problem of its own, and for a port
// or brackets. Addresses for
// documentation are accepted.
Normalised public_address(std::string_view text);

// The address without the part that tells one household from another: the last octet of IPv4 becomes 0, and of IPv6
// the first 48 bits are kept. Providers give a customer a /48 or a smaller network. Nothing if the text is no address.
std::optional<std::string> truncated_address(std::string_view text);

}  // namespace pinrelay::identity
