#pragma once

#include <cstddef>
#include <string_view>

namespace pinrelay::http {

// Extensions are used by nobody; a few bytes of them are let pass because the grammar allows them.
constexpr std::size_t max_chunk_extension = 256;

// Whether the text between a chunk's size and its line end may pass. Beast's parser lets any byte stand within quotes,
// a line feed as well, and whoever takes that for the end of the line reads another body.
bool is_chunk_extension(std::string_view text) noexcept;

// Whether the bytes behind a chunk's data, or behind the header, can still become "[CRLF] size [;extension] CRLF …".
// Asked where Beast's parser says that it needs more: some malformed lines make it wait for bytes that never come.
bool may_become_chunk_line(std::string_view rest) noexcept;

}  // namespace pinrelay::http
