#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "warning_list.hpp"

namespace pinrelay::destinations::pinterest {

// E-mail addresses where none belong. Pinterest's fields for names and ids are sent and stored as they are, and
// nobody's clear text may reach the disk or Pinterest.

// Whether an e-mail address stands in the text, percent-encoded or not; "@user", "pkg@1.2.3" and "@37.7,-122.4" are
// none.
bool holds_email(std::string_view text);

// The text; nothing, with a warning on the field, where it holds an e-mail address.
std::optional<std::string> without_email(std::optional<std::string> text, std::string_view field,
                                         WarningList& warnings);

// The id; where it holds an e-mail address its SHA-256 digest, with a warning: still the same id for the same thing.
std::optional<std::string> id_without_email(std::optional<std::string> id, std::string_view field,
                                            WarningList& warnings);

}  // namespace pinrelay::destinations::pinterest
