#pragma once

#include <string_view>

namespace pinrelay::decode {

// The key that was probably meant by one that has no meaning: the known key that one slip of a finger turns into it (a
// letter too many, missing, wrong, or two exchanged). "" where there is none, as for every custom parameter. `key` is
// flattened and in snake case; behind "user_data_" and "items_" stand the keys of a person and of an item. Costs some
// hash look-ups; builds its index at the first call. Thread-safe.
std::string_view meant_by(std::string_view key);

}  // namespace pinrelay::decode
