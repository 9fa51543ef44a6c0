#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "destinations/pinterest/notes.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/model/arena.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// The item's id as the catalogue knows it; nothing where none of the fields says something. In the item, in the map or
// in the arena.
std::optional<std::string_view> catalogue_id(const model::Item& item, const ItemIds& ids, model::Arena& arena,
                                             Notes& notes);

// Why the setting cannot work, naming it; nothing when it can.
std::optional<std::string> problem_of(const ItemIds& ids);

}  // namespace pinrelay::destinations::pinterest
