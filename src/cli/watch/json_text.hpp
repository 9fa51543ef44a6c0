#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/model/value.hpp"

// Members of the admin port's JSON answers.
namespace pinrelay::cli {

std::string text_at(const model::Value& object, std::string_view key);  // "" where there is none
std::uint64_t count_at(const model::Value& object, std::string_view key);
std::optional<Time> time_at(const model::Value& object, std::string_view key);  // of Unix seconds
std::vector<std::string> texts_at(const model::Value& object, std::string_view key);

}  // namespace pinrelay::cli
