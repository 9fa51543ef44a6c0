#include "pinrelay/http/characters.hpp"

#include <cstdint>
#include <cstring>

#include "pinrelay/core/eight_bytes.hpp"

namespace pinrelay::http {
namespace {

// Whether no byte is a control one. A tab counts as such here.
constexpr bool has_no_control(std::uint64_t bytes) {
    constexpr unsigned char del = 0x7f;
    return eight_bytes::below(bytes, ' ') == 0 && eight_bytes::equal(bytes, del) == 0;
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
