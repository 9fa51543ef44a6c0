#pragma once

#include <cstddef>
#include <string_view>

namespace pinrelay::http {

// Extensions are used by nobody; a few bytes of them are let pass because the grammar allows them.
constexpr std::size_t max_chunk_extension = 256;

// Whether the bytes behind a chunk's data, or behind the header, can still become "[CRLF] size [;extension] CRLF …".
// Asked where Beast's parser says that it needs more: some malformed lines make it wait for bytes that never come.
bool may_become_chunk_line(std::string_view rest) noexcept;

}  // namespace pinrelay::http
