#pragma once

#include <string>
#include <vector>

#include "pinrelay/core/json_writer.hpp"
#include "pinrelay/spool/dead_letters.hpp"

namespace pinrelay::admin {

// The keys of user_data in the body of a record: which identifiers the event has, without their values.
std::vector<std::string> identifiers_of(const std::string& body);

// A dead letter without the values of its event: those are people's. `pinrelay spool export` has them.
void write_letter(JsonWriter& json, const spool::DeadLetter& letter);

}  // namespace pinrelay::admin
