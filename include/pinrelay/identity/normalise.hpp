#pragma once

#include <optional>
#include <string>
#include <string_view>

// Cleaning rules for people's data that hold for any destination. Pure and thread-safe. Every function takes what
// the sender wrote and gives the text to hash, or nothing when there is nothing sensible to hash. Input that is no
// valid UTF-8 gives nothing, as does input of more than 1,000 bytes: no person's name, address or id is that long, and
// refusing it costs nothing.
namespace pinrelay::identity {

// Whether the text means "no value": empty, only blanks, or in any case one of undefined, null, none, nil, nan, n/a,
// #n/a, not set, unset, unknown, anonymous, some of them in round brackets ("(not set)", "(not provided)"), "-", "--",
// "[]", "{}", "[object Object]" and the like; a template nobody filled ("{{email}}"); an all-zero UUID or digest; the
// SHA-256 of "", "undefined" or "null". Not "NA", which is Namibia, and not "0". Of any length.
bool is_absent(std::string_view text) noexcept;

// Without Unicode white space, control characters and invisible marks (zero-width space and joiners, byte order mark,
// direction marks, soft hyphen) at both ends. Takes any bytes and any length.
std::string trim(std::string_view text);

// NFC, full Unicode lower case by the root locale (İ becomes i̇, Σ at a word's end ς, ß stays), NFC again: so that two
// ways to type one name give one digest.
std::optional<std::string> lower_nfc(std::string_view text);

// All white space and invisible marks out, lower case; one '@' inside. Lists, display names and "mailto:" are refused.
std::optional<std::string> email(std::string_view text);

// fn, ln: trimmed, lower case, the inside kept; at least one letter.
std::optional<std::string> name(std::string_view text);

// f, m, n from words of common languages.
std::optional<std::string> gender(std::string_view text);

// YYYYMMDD, from four-digit years of 1900 to 2100 first or last, with a time of day or not. With dots the day comes
// before the month; with anything else a date whose day and month could be exchanged gives nothing.
std::optional<std::string> birth_date(std::string_view text);

// Lower case, no spaces, no punctuation; letters of any script and digits kept; at least one letter.
std::optional<std::string> city(std::string_view text);

// Lower-case ISO 3166-1 alpha-2, from alpha-2, alpha-3, an English name or a common alias ("UK", "Deutschland").
std::optional<std::string> country(std::string_view text);

// Two-letter code in lower case, from "CA", "US-CA" or the English name of a US state or Canadian province. `country`
// is anything `country()` reads, or "" for unknown. Codes longer than two letters ("NSW") have no such form: nothing.
std::optional<std::string> region(std::string_view text, std::string_view country);

// US: the first five digits; elsewhere lower-case letters and digits without spaces and dashes. `country` as above.
std::optional<std::string> postal_code(std::string_view text, std::string_view country);

// Trimmed, lower case. "0" is nothing: it is what shops call every guest.
std::optional<std::string> external_id(std::string_view text);

// Trimmed only; "0" is nothing.
std::optional<std::string> external_id_exact(std::string_view text);

// Lower-case UUID; the all-zero id is nothing.
std::optional<std::string> advertising_id(std::string_view text);

// E.164 with '+' by libphonenumber. `region` is a country as above, or "" for none. National forms need it; "00" and
// "+" forms do not, and neither do eleven digits or more that are a valid international number without its '+'.
// Extensions are dropped; impossible numbers and one digit repeated give nothing, unassigned ones ("555") are taken.
// So do, after trimming and with their extension, texts of more than 64 bytes or 20 digits: reading them is slow.
// The first call reads the numbering plans, a few milliseconds.
std::optional<std::string> phone(std::string_view text, std::string_view region);

// Addresses a visitor can have: not private, loopback, link-local, unspecified, multicast or reserved; those for
// documentation are allowed. Gives the canonical text (IPv4-mapped IPv6 as IPv4); ports and brackets are refused.
std::optional<std::string> public_address(std::string_view text);

// What is left of an address when it may no longer tell one household from another: IPv4 with 0 for its last octet,
// IPv6 with its first 48 bits, which is what providers give to a customer or more. Nothing where the text is no
// address.
std::optional<std::string> truncated_address(std::string_view text);

}  // namespace pinrelay::identity
