#include "pinrelay/spool/dead_letter_reasons.hpp"

#include <algorithm>

namespace pinrelay::spool {

std::string_view meaning_of(std::string_view label) noexcept {
    const auto row = std::ranges::find(dead_letter_reasons, label, &DeadLetterReason::label);
    return row == dead_letter_reasons.end() ? std::string_view() : row->meaning;
}

}  // namespace pinrelay::spool
