#include "chunk_line.hpp"

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/http/characters.hpp"

namespace pinrelay::http {
namespace {

constexpr std::size_t most_size_digits = 16;

bool has_open_quote(std::string_view line) {
    bool open = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (open && line[i] == '\\')
            ++i;
        else if (line[i] == '"')
            open = !open;
    }
    return open;
}

}  // namespace

bool is_chunk_extension(std::string_view text) noexcept {
    return text.size() <= max_chunk_extension && all_of_class(text, FieldValueChar);
}

bool may_become_chunk_line(std::string_view rest) noexcept {
    constexpr std::string_view line_break = "\r\n";
    if (rest.starts_with(line_break)) rest.remove_prefix(line_break.size());
    if (rest.empty() || rest == "\r") return true;
    if (!ascii::is_hex_digit(rest.front())) return false;

    const auto end = rest.find('\n');
    const bool whole = end != std::string_view::npos;
    auto line = rest.substr(0, end);
    if (line.size() > most_size_digits + max_chunk_extension) return false;
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    else if (whole)
        return false;
    return all_of_class(line, FieldValueChar) && !(whole && has_open_quote(line));
}

}  // namespace pinrelay::http
