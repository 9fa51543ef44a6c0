#pragma once

#include <string_view>

#include "pinrelay/model/value.hpp"

namespace pinrelay::cli {

// The text of a scalar; "" for anything else and for a null pointer.
inline std::string_view view_of(const model::Value* value) noexcept {
    return value == nullptr ? std::string_view() : value->scalar_text().value_or("");
}

// The same of a member.
inline std::string_view view_at(const model::Value& object, std::string_view key) noexcept {
    return view_of(object.find(key));
}

}  // namespace pinrelay::cli
