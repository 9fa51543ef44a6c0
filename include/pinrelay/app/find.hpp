#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/spool/journal.hpp"

// What the journal of a store answers, for people and for programs.
namespace pinrelay::app {

// An id that is not found is also looked for without blanks around it, and as its SHA-256, which stands for an event id
// that holds personal data or is too long. Blocks. Throws std::runtime_error with a sentence for the operator.
spool::FoundEvents find_events(const std::filesystem::path& data_dir, const spool::JournalQuestion& question);

struct OutcomeWords {
    std::string_view status;  // pending, delivered, dead_letter, dropped, duplicate or unknown
    std::string sentence;     // without a full stop: "delivered 5s after it arrived"
    std::string advice;       // what to do; "" where nothing is to be done
};
OutcomeWords words_of(const spool::FoundEvent& event);

// The kinds of the destination's warnings about a delivered event; none for another one.
std::vector<std::string> warnings_of(const spool::FoundEvent& event);

// What it can mean that an id is not found, a sentence each.
std::vector<std::string> why_not_found(const spool::JournalQuestion& question, bool has_journal);

// One JSON object. `has_journal`: whether the relay is configured to keep one.
std::string found_json(const spool::JournalQuestion& question, const spool::FoundEvents& found, bool has_journal);

}  // namespace pinrelay::app
