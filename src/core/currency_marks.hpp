#pragma once

#include <cstddef>
#include <string_view>

namespace pinrelay {

// How many bytes at the beginning, or at the end, of the text are a currency's sign ("€", "R$", "kr") or its ISO 4217
// code ("EUR", in either case); 0 when none.
std::size_t leading_currency_mark(std::string_view text) noexcept;
std::size_t trailing_currency_mark(std::string_view text) noexcept;

}  // namespace pinrelay
