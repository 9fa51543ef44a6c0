#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Cleaning rules for people's data that hold for any destination. Pure and thread-safe. Every function takes what
// the sender wrote and gives the text to hash, or nothing when there is nothing sensible to hash. Input that is no
// valid UTF-8 gives nothing.
namespace pinrelay::identity {

// Whether the text means "no value": empty, only spaces, or one of undefined, null, none, nil, nan, n/a, na,
// (not set), (none), not set, unknown, anonymous, -, --, 0-only placeholders such as "[object object]" (any case).
bool is_absent(std::string_view text) noexcept;

// Without Unicode white space and control characters at both ends.
std::string trim(std::string_view text);

// NFC, full Unicode lower case by the root locale (İ becomes i̇, Σ at a word's end ς, ß stays), NFC again: so that two
// ways to type one name give one digest.
std::optional<std::string> lower_nfc(std::string_view text);

std::optional<std::string> email(std::string_view text);       // all white space out, lower case; one '@' inside
std::optional<std::string> name(std::string_view text);        // fn, ln: trimmed, lower case, the inside kept
std::optional<std::string> gender(std::string_view text);      // f, m, n from words of common languages
std::optional<std::string> birth_date(std::string_view text);  // YYYYMMDD; real calendar dates from 1900 only;
                                                               // day/month order that cannot be told gives nothing
std::optional<std::string> city(
    std::string_view text);  // lower case, no spaces, no punctuation, letters of any script kept
std::optional<std::string> country(
    std::string_view text);  // lower-case ISO 3166-1 alpha-2, from alpha-2, alpha-3 or an English name
std::optional<std::string> region(std::string_view text,
                                  std::string_view country);  // two-letter code, from "CA", "US-CA" or the English name
                                                              // of a US state or Canadian province
std::optional<std::string> postal_code(
    std::string_view text, std::string_view country);           // US: five digits; else lower case letters and digits
std::optional<std::string> external_id(std::string_view text);  // trimmed, lower case
std::optional<std::string> external_id_exact(std::string_view text);  // trimmed only
std::optional<std::string> advertising_id(std::string_view text);     // lower-case UUID; the all-zero id is nothing

// E.164 with '+' by libphonenumber. `region` is an ISO 3166-1 alpha-2 code in any case, or "" for none. National
// forms need it; "00" and "+" forms do not. Extensions are dropped; impossible numbers give nothing.
std::optional<std::string> phone(std::string_view text, std::string_view region);

// Addresses a visitor can have: not private, loopback, link-local, unspecified, multicast, documentation is allowed.
// Gives the canonical text (IPv4-mapped IPv6 as IPv4; ports and brackets are refused).
std::optional<std::string> public_address(std::string_view text);

}  // namespace pinrelay::identity
