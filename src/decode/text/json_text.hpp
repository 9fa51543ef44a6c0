#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "pinrelay/model/value.hpp"

namespace pinrelay::decode {

// Of one JSON document within a text. The separators of a text count among the request's values, unless they are
// escaped: this bounds those.
inline constexpr std::size_t most_values_in_text = 50'000;

// Whether a text may be a JSON array or object, or a JSON text that holds one.
bool begins_like_json(std::string_view text) noexcept;

// The array or object that a text holds, also as JSON text within a JSON text. Nothing for any other value: not for an
// array or object itself. Deep nesting is refused, since what is around the text has its own.
std::optional<model::Value> structure_in_text(const model::Value& value, model::Arena& arena);

// The object with arrays and objects in the place of texts that hold them, under keys below which fields are looked for
// ("user_data", "ecommerce", "consent"), and in objects under such keys. Any other value comes back as it is.
model::Value open_json_texts(const model::Value& object, model::Arena& arena);

}  // namespace pinrelay::decode
