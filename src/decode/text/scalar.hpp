#pragma once

#include <optional>
#include <string_view>

#include "pinrelay/model/value.hpp"

namespace pinrelay::decode {

// The text of a scalar that says something; nothing for null, texts that mean "no value", arrays and objects.
std::optional<std::string_view> present_text(const model::Value& value);
bool is_present(const model::Value& value) noexcept;

// true, "true", "1", 1, "granted", "yes" and their opposites; nothing for anything else.
std::optional<bool> truth(const model::Value& value);

}  // namespace pinrelay::decode
