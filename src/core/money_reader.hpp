#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pinrelay {

// A number as read: digits × 10^exponent.
struct ReadNumber {
    bool negative = false;
    std::string digits;
    long exponent = 0;
};

// Reads what Decimal::parse documents, without its limits on size. Nothing where the text is no number.
std::optional<ReadNumber> read_number(std::string_view text);

}  // namespace pinrelay
