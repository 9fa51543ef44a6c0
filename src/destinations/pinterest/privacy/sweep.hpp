#pragma once

#include <optional>

#include "destinations/pinterest/key_path.hpp"
#include "destinations/pinterest/notes.hpp"
#include "destinations/pinterest/schema.hpp"
#include "known_person.hpp"
#include "pinrelay/model/arena.hpp"

namespace pinrelay::destinations::pinterest {

// The last look at a value that fits the schema or lacks little of that, wherever its texts came from, an operator's
// rules included: a text that is sent as it is and holds an e-mail address or a phone is left out, and ids become their
// digests, each with a warning. `Field::personal` says which. Nothing where nothing is left. What is new is in the
// arena.
std::optional<model::Value> without_clear_text(const Field& field, const model::Value& value, const KeyPath& place,
                                               const KnownPerson& person, model::Arena& arena, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
