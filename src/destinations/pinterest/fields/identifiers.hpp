#pragma once

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/person_memo.hpp"
#include "destinations/pinterest/warning_list.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// The members of user_data that are lists of digests, in the order in which they are written. Lists are without
// duplicates; digests that the sender made pass through in lower case. A value that breaks its rule is left out with a
// warning that says which rule that is; so are those beyond identity::most_person_values. `memo` only saves work.
Object hashed_identifiers(const model::Event& event, const Settings& settings, PersonMemo& memo, WarningList& warnings);

}  // namespace pinrelay::destinations::pinterest
