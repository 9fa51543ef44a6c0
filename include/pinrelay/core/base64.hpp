#pragma once

#include <optional>
#include <string>
#include <string_view>

// Base64 (RFC 4648). All functions are pure and safe to call from any thread; they throw std::bad_alloc only.
namespace pinrelay {

// In the standard alphabet ('+' and '/'), padded with '='.
std::string encode_base64(std::string_view bytes);

// The last digit of a text has two or four bits that belong to no byte. An encoder leaves them zero.
enum class UnusedBits { Ignored, MustBeZero };

// The bytes of a text in the standard or the URL alphabet ('-' and '_'), with its padding or without. Nothing for a
// text with any other character, line ends included, or of a length that base64 cannot have.
std::optional<std::string> decode_base64(std::string_view text, UnusedBits unused = UnusedBits::Ignored);

}  // namespace pinrelay
