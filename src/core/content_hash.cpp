#include "pinrelay/core/content_hash.hpp"

namespace pinrelay {
namespace {

void append_hex(std::string& out, std::uint64_t number) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4) out += digits[(number >> static_cast<unsigned>(shift)) & 0xF];
}

}  // namespace

std::string ContentHash::hex() const {
    std::string text;
    append_hex(text, high_);
    append_hex(text, low_);
    return text;
}

}  // namespace pinrelay
