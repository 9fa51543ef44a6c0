#pragma once

#include <string>

#include "pinrelay/identity/normalised.hpp"

namespace pinrelay::identity {

// Reads a phone by libphonenumber, as `phone` documents; the text is without blank ends, extension and fraction.
// `region` is a country's code in two letters of any case, or "" if it is unknown. Takes some 15 microseconds.
// Thread-safe.
Normalised library_phone(const std::string& text, const std::string& region);

}  // namespace pinrelay::identity
