#pragma once

#include <string>

#include "pinrelay/spool/dead_letters.hpp"

namespace pinrelay::cli {

// A dead letter with all that is known of it, its body as JSON (as text where it is none): on one line, or indented.
std::string letter_json(const spool::DeadLetter& letter);
std::string letter_json_indented(const spool::DeadLetter& letter);

// Whether a body is what may be sent: a JSON object that carries the record's own event_id.
bool is_sound(const model::Record& record);

}  // namespace pinrelay::cli
