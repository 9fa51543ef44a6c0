#pragma once

#include "pinrelay/model/record.hpp"

namespace pinrelay::fuzz {

// What must hold of a finished event before it may reach the disk. Written apart from the destination's own schema and
// of other means, so that a mistake there is not made here, too: strict JSON, the keys of Pinterest's closed schema
// and no others, those that are required, digests where people's data belongs, nobody's e-mail in clear.
void check_finished(const model::Record& record);

}  // namespace pinrelay::fuzz
