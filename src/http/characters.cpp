#include "pinrelay/http/characters.hpp"

#include <cstdint>
#include <cstring>

namespace pinrelay::http {
namespace {

constexpr std::uint64_t in_each_byte = ~std::uint64_t{0} / 0xff;
constexpr std::uint64_t highest_bits = in_each_byte * 0x80;

// The highest bit of each byte below `bound`, which is at most 0x80; perhaps of a byte above such a one, too.
constexpr std::uint64_t below(std::uint64_t bytes, std::uint64_t bound) {
    return (bytes - in_each_byte * bound) & ~bytes & highest_bits;
}

// Whether no byte is a control one. A tab counts as such here.
constexpr bool has_no_control(std::uint64_t bytes) {
    constexpr std::uint64_t del = 0x7f;
    return below(bytes, ' ') == 0 && below(bytes ^ in_each_byte * del, 1) == 0;
}

}  // namespace

bool is_field_value(std::string_view text) noexcept {
    std::uint64_t bytes = 0;
    while (text.size() >= sizeof(bytes)) {
        std::memcpy(&bytes, text.data(), sizeof(bytes));
        if (!has_no_control(bytes) && !all_of_class(text.substr(0, sizeof(bytes)), FieldValueChar)) return false;
        text.remove_prefix(sizeof(bytes));
    }
    return all_of_class(text, FieldValueChar);
}

}  // namespace pinrelay::http
