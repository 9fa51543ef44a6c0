#pragma once

#include <string_view>

namespace pinrelay::ingest {

// What an operator or a sender can do about a warning, by its code; "" for an unknown one. Static text.
std::string_view warning_advice(std::string_view code) noexcept;

}  // namespace pinrelay::ingest
