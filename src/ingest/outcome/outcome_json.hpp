#pragma once

#include <string>
#include <vector>

#include "outcome.hpp"
#include "pinrelay/core/json_writer.hpp"

namespace pinrelay::ingest {

// The debug answer: one entry per member, with the body that would be sent or the reason why not, and what that rests
// on. It also has `validationMessages`, which clients of Google's debug endpoint read.
std::string debug_report(const std::vector<Outcome>& outcomes);

// For a server that asks for JSON: one entry per member with its outcome and the reason, as the value of `events`. Once
// messages and warnings have 128 KiB, the further entries have neither.
void write_outcomes(JsonWriter& json, const std::vector<Outcome>& outcomes);

}  // namespace pinrelay::ingest
