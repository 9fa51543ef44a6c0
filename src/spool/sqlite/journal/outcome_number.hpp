#pragma once

#include <cstdint>

// How the rows of `journal_outcome` are numbered: by the block of their records, then in the order of their commits.
namespace pinrelay::spool {

inline constexpr unsigned rows_of_block_bits = 24;

constexpr std::int64_t first_row_of(std::int64_t block) noexcept { return block << rows_of_block_bits; }
constexpr std::int64_t last_row_of(std::int64_t block) noexcept { return first_row_of(block + 1) - 1; }
constexpr std::int64_t block_of_row(std::int64_t row) noexcept { return row >> rows_of_block_bits; }

}  // namespace pinrelay::spool
