#pragma once

#include <vector>

#include "fields.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::decode {

// The person's data, raw. Of a field and its sha256_ sibling only the clear text is taken, unless it says nothing.
// Of several addresses the first complete one (both names, postal code and country) leads, the others' values follow.
// Of a field with more values than identity::most_person_values the rest is left out, with a warning.
model::UserData read_people(const Fields& fields, model::Arena& arena, std::vector<model::Warning>& warnings);

// Notes where the values of `person` stood, which was read from these fields.
void note_people(const model::UserData& person, const Fields& fields, model::Origins& origins);

}  // namespace pinrelay::decode
